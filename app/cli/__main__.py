"""`python -m app.cli` is `qawl`, for child processes that must run in the same interpreter."""

from app.cli import main

main()
