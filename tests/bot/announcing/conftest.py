"""An engine on a SQLite file, for tests that are not about the stores."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path, opened: Callable[..., Engine]) -> Engine:
    """An engine on a SQLite file with all tables and nothing in them."""
    return opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'pprnet.db')}")
