"""Speakers who gained a name: what they said before is found under the new name too, a bounded part at a time."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.search.vectors import Field, names_in_line, vectors

SPEAKERS_AT_ONCE = 20
# Of one speaker so many statements, the newest. A new spelling of a name folds to the same letters, so that older
# statements are still found by it unless an exact search asks for it.
MOST_STATEMENTS = 2_000

_TAKE = text("""
    WITH taken AS (
        SELECT id, entity_id FROM outbox WHERE entity = 'speaker' ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
    ), gone AS (
        DELETE FROM outbox WHERE id IN (SELECT id FROM taken)
    )
    SELECT DISTINCT s.id, s.name, s.aliases, s.romanised FROM taken JOIN speaker s ON s.id = taken.entity_id
""")
# Rows that another transaction is writing are left to it, so that nobody waits in a circle.
_ADD = text("""
    WITH said AS (
        SELECT id, article_id FROM statement WHERE speaker_id = :speaker
        ORDER BY published_at DESC NULLS LAST, id DESC LIMIT :most
    ), lacking AS (
        SELECT w.statement_id FROM statement_words w JOIN said ON said.id = w.statement_id
        WHERE NOT tsvector_to_array(w.plain) @> tsvector_to_array(CAST(:plain AS tsvector))
        FOR UPDATE OF w SKIP LOCKED
    ), written AS (
        UPDATE statement_words w
        SET plain = plain || CAST(:plain AS tsvector), folded = folded || CAST(:folded AS tsvector),
            stem = stem || CAST(:stem AS tsvector)
        FROM lacking WHERE lacking.statement_id = w.statement_id
    )
    INSERT INTO outbox (entity, entity_id, operation)
    SELECT DISTINCT 'article', said.article_id, 'upsert' FROM said JOIN lacking ON lacking.statement_id = said.id
    WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.entity_id = said.article_id AND o.operation = 'upsert')
""")


async def spread_names(engine: AsyncEngine) -> int:
    """Add the names of some speakers to the words of what they said, and let the index learn it; how many speakers."""
    async with engine.begin() as connection:
        taken = (await connection.execute(_TAKE, {"most": SPEAKERS_AT_ONCE})).all()
        for id, name, aliases, romanised in sorted(taken):
            await _add(connection, id, names_in_line([name, *aliases, *romanised]))
    return len(taken)


async def _add(connection: AsyncConnection, speaker: str, names: str) -> None:
    made = vectors([Field(names, "B")])
    if made.words:
        values = {"plain": made.plain, "folded": made.folded, "stem": made.stem}
        await connection.execute(_ADD, {"speaker": speaker, "most": MOST_STATEMENTS, **values})
