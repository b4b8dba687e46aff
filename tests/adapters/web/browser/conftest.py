"""The browser, and a screen for every test that asks."""

from collections.abc import Iterator

import pytest

from tests.adapters.web.browser.studio import Screen, Studio, studio
from tests.adapters.web.trials import an_app_to_try


@pytest.fixture(scope="session")
def browsing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The pages, served, and a browser."""
    with studio(an_app_to_try(tmp_path_factory.mktemp("browser"))) as made:
        yield made


@pytest.fixture
def screen(browsing: Studio) -> Iterator[Screen]:
    """A screen; the test fails if anything went wrong on it that the test did not look at."""
    made = Screen(browsing)
    yield made
    browsing.run(made.close())
    assert made.faults == []
