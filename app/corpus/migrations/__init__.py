"""The schema of the corpus, step by step, and the one way to bring a database to its newest state."""


def migrate(database_url: str) -> None:
    """Bring the database to the newest schema; several processes may try at once, one does it.

    Starts an event loop of its own: from async code call it by `asyncio.to_thread`. Raises Unavailable when the
    server does not answer and SetupError when it is not fit.
    """
    raise NotImplementedError
