"""What callers have spent of their allowance, shared by all processes of the API."""

from app.corpus.questions import Connection

_SPEND = """
    INSERT INTO rate AS known (caller, since, spent) VALUES ($1, $2, $3)
    ON CONFLICT (caller) DO UPDATE SET
        spent = CASE WHEN known.since = excluded.since THEN known.spent ELSE 0 END + excluded.spent,
        since = excluded.since
    RETURNING spent
"""


async def spend(connection: Connection, caller: str, since: int, cost: int) -> int:
    """What the caller has spent since this second of the epoch, with this cost; less where the cost is negative."""
    return int(await connection.fetchval(_SPEND, caller, since, cost))


async def forget_before(connection: Connection, since: int) -> None:
    """Drop the counts of spans that are over."""
    await connection.execute("DELETE FROM rate WHERE since < $1", since)
