"""The whole bot, for tests of what it does for channels."""

import shutil
from pathlib import Path

import pytest

from adapters.wiring.app import App
from tests.subscribers import Clock, an_app_on


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(sqlite_template: Path, tmp_path: Path, clock: Clock) -> App:
    """The bot with a few old posts."""
    return an_app_on(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'pprnet.db')}", tmp_path, clock)
