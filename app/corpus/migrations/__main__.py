"""Writes a new migration: `python -m app.corpus.migrations "what changes"`."""

import sys

from app.corpus.migrations import add_revision
from app.errors import SetupError
from app.settings import settings

address = settings().database_url
if address is None or len(sys.argv) != 2:
    raise SetupError('QAWL_DATABASE_URL and one argument, "what changes", are needed')
add_revision(address.get_secret_value(), sys.argv[1])
