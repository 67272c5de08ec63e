"""A database of its own for a test that writes what others must not see."""

from collections.abc import Callable

import pytest


@pytest.fixture
def fresh(new_database: Callable[[], str]) -> str:
    """The URL of a migrated, empty database."""
    return new_database()
