"""Whether the extra is there."""

import pytest

from bot.meaning import extra


def test_the_extra_is_installed_for_tests() -> None:
    assert extra.installed()


def test_an_extra_that_is_half_installed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "_NEEDED", ("numpy", "a_package_that_is_not_there"))
    assert not extra.installed()
