"""What the tests of the stores have in common."""

import pytest
from sqlalchemy import Engine

from tests.desk import Desk


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """Everything that announcing keeps, on each store."""
    return Desk(engine)
