"""An archive and a page of the blog for every command."""

from pathlib import Path

import pytest

from tests.pages import PAGE


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the commands an archive of their own, in a folder without a .env file."""
    path = tmp_path / "data" / "pprnet.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a saved page of two posts."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path
