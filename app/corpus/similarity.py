"""Near duplicates: articles that say nearly the same are grouped, and their statements know each other.

A group is named by the article that founded it, and every article is in one: alone, it is its own founder. An article
joins a founder when most shingles (`app.arabic.shingles`) of the shorter text stand in the longer one; so each text
of a group says nearly what the first one says, and chains from one text to quite another do not come about.

Grouping is the last thing that a transaction does, behind one lock that is held until its commit: copies that come in
at the same time meet each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.arabic.shingles import Signature

# Read in 60 pairs of articles of eleven outlets: from here on nine of ten pairs and more are one report.
ALIKE = 0.7
# A round-up that holds a report among others is no copy of it: the longer text may be so many times the shorter.
LONGER = 3


def containment(one: str, other: str) -> str:
    """SQL: the part, 0 to 1, of the shingles of the shorter of two signatures (aliases) that the longer one has."""
    sizes = f"least(cardinality({one}.shingles), cardinality({other}.shingles))"
    shared = f"SELECT count(*) FROM unnest({one}.shingles) a(n) JOIN unnest({other}.shingles) b(n) USING (n)"
    return f"(SELECT ({shared})::float8 / greatest({sizes}, 1))"


Groups = dict[str, str]
Pairs = Mapping[str, Mapping[str, float]]


class Resemblance(NamedTuple):
    """The founder of the group that an article joined, and the part of the shorter text that stands in the longer."""

    founder: str
    containment: float


async def group_articles(connection: AsyncConnection, signatures: Mapping[str, Signature]) -> dict[str, Resemblance]:
    """Keep the signatures of these articles, which are written already, and group them anew in this order.

    Of those that are in a group that another article founded: whom they resemble.
    """
    if not signatures:
        return {}
    await connection.execute(_LOCK)
    await connection.execute(_KEEP, _columns(signatures))
    groups, pairs = await _regroup(connection, list(signatures))
    return {
        id: Resemblance(groups[id], pairs[id][groups[id]])
        for id in signatures
        if groups.get(id, id) != id and groups[id] in pairs.get(id, {})
    }


async def leave_group(connection: AsyncConnection, article_id: str) -> None:
    """Leave a deleted article out: those that it founded the group of are grouped anew, as if they came now, and its
    statements are repeated by nobody any more.
    """
    await connection.execute(_LOCK)
    await connection.execute(_FORGET, {"id": article_id})
    await _regroup(connection, [article_id])
    group = await connection.scalar(_GROUP, {"id": article_id})
    await connection.execute(_LINK, {"groups": [group], "told": [article_id]})


async def _regroup(connection: AsyncConnection, changed: Sequence[str]) -> tuple[Groups, Pairs]:
    """The groups of these articles, of those in the groups that they founded, and of all that they resemble."""
    order = await _affected(connection, changed)
    before = dict(order)
    alike = await connection.execute(_ALIKE, {"ids": list(before), "alike": ALIKE, "longer": LONGER})
    groups, pairs = dict(before), defaultdict[str, dict[str, float]](dict)
    for id, other, group, containment in alike:
        groups.setdefault(other, group)
        pairs[id][other] = containment
    waiting = set(before)
    for id in before:
        waiting.discard(id)
        groups[id] = _group_of(id, groups, pairs[id], waiting)
    moved = {id: groups[id] for id in before if groups[id] != before[id]}
    if moved:
        await connection.execute(_MOVE, {"ids": list(moved), "groups": list(moved.values())})
    await _link_statements(connection, before, groups, list(changed))
    return groups, pairs


async def _affected(connection: AsyncConnection, changed: Sequence[str]) -> list[tuple[str, str]]:
    """(id, group) of these articles and of those in the groups that they founded, in the order of their arrival."""
    place = {id: number for number, id in enumerate(changed)}
    rows = (await connection.execute(_AFFECTED, {"ids": list(changed)})).all()
    rows = sorted(rows, key=lambda row: (row.created_at, place.get(row.id, len(place)), row.id))
    return [(row.id, row.near_duplicate_group) for row in rows]


def _group_of(id: str, groups: Groups, similar: Mapping[str, float], waiting: Collection[str]) -> str:
    """An article stays with a founder that it still resembles, and a founder with those who still resemble it.

    Else it joins the founder that it resembles most; those that are `waiting` for their turn come after it.
    """
    present = groups[id]
    if present in similar and groups[present] == present:
        return present
    if present == id and any(groups[other] == id for other in similar):
        return id
    founders = [(part, other) for other, part in similar.items() if groups[other] == other and other not in waiting]
    return max(founders)[1] if founders else id


async def _link_statements(connection: AsyncConnection, before: Groups, groups: Groups, told: list[str]) -> None:
    """In every group that lost, gained or changed a member: which statements repeat which. Search learns of those
    that changed by this, but for the articles that it is told of anyhow.
    """
    several = {group for id, group in groups.items() if group != id}
    touched = {group for id in before for group in (before[id], groups[id]) if group != id or group in several}
    left = {id for id in before if groups[id] == id and before[id] != id}
    if touched or left:
        await connection.execute(_LINK, {"groups": sorted(touched | left), "told": told})


def _columns(signatures: Mapping[str, Signature]) -> dict[str, list[str]]:
    """Sorted by id, each array as Postgres writes it: arrays of different lengths do not make one array."""
    rows = sorted(signatures.items())
    return {
        "ids": [id for id, _ in rows],
        "shingles": [_array(one.shingles) for _, one in rows],
        "bands": [_array(one.bands) for _, one in rows],
    }


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


# Any fixed number will do. A table of which Postgres has no statistics yet it would rather read than look into.
_LOCK = text("SELECT pg_advisory_xact_lock(x'616c696b'::bigint), set_config('enable_seqscan', 'off', true)")
_KEEP = text("""
    INSERT INTO article_signature (article_id, shingles, bands)
    SELECT id, shingles::integer[], bands::integer[]
    FROM unnest(CAST(:ids AS text[]), CAST(:shingles AS text[]), CAST(:bands AS text[])) AS given(id, shingles, bands)
    ON CONFLICT (article_id) DO UPDATE SET shingles = excluded.shingles, bands = excluded.bands
""")
_FORGET = text("DELETE FROM article_signature WHERE article_id = :id")
_GROUP = text("SELECT near_duplicate_group FROM article WHERE id = :id")
_AFFECTED = text("""
    SELECT id, near_duplicate_group, created_at FROM article
    WHERE deleted_at IS NULL
    AND (id = ANY(CAST(:ids AS text[])) OR near_duplicate_group = ANY(CAST(:ids AS text[])))
""")
# Step by step, each from the one before: asked all at once, a Postgres without statistics begins with all articles.
_ALIKE = text(f"""
    WITH one AS MATERIALIZED (
        SELECT * FROM article_signature WHERE article_id = ANY(CAST(:ids AS text[]))
    ), pair AS MATERIALIZED (
        SELECT one.article_id, other.article_id AS other_id, {containment("one", "other")} AS containment
        FROM one JOIN article_signature other ON other.bands && one.bands AND other.article_id <> one.article_id
        AND least(cardinality(one.shingles), cardinality(other.shingles)) * :longer
            >= greatest(cardinality(one.shingles), cardinality(other.shingles))
    )
    SELECT pair.article_id, other_id, a.near_duplicate_group, containment
    FROM pair JOIN article a ON a.id = other_id WHERE containment >= :alike AND a.deleted_at IS NULL
""")
_MOVE = text("""
    UPDATE article SET near_duplicate_group = given.to_group, updated_at = now()
    FROM unnest(CAST(:ids AS text[]), CAST(:groups AS text[])) AS given(id, to_group)
    WHERE article.id = given.id
""")
# What was said first, in the founder's article before all others, is what the others repeat: the same folded words.
# Outlets name one speaker in many ways, so only of words that anyone may say, a few, must the speaker be the same.
# OFFSET 0 keeps it article by article, and `coalesce` away from the index of what is no duplicate: a Postgres without
# statistics would begin with all statements there are.
_LINK = text("""
    WITH grouped AS MATERIALIZED (
        SELECT id, near_duplicate_group, created_at FROM article
        WHERE near_duplicate_group = ANY(CAST(:groups AS text[])) AND deleted_at IS NULL
    ), said AS (
        SELECT s.id, a.id AS article_id, s.speaker_id, s.content LIKE '% % % %' AS several,
               first_value(s.id) OVER same AS first,
               first_value(a.id) OVER same AS first_article,
               first_value(s.speaker_id) OVER same AS first_speaker
        FROM grouped a CROSS JOIN LATERAL (
            SELECT id, speaker_id, content, content_hash, ordinal FROM statement
            WHERE article_id = a.id AND coalesce(duplicate_of, '') = '' OFFSET 0) s
        WINDOW same AS (
            PARTITION BY a.near_duplicate_group, s.content_hash
            ORDER BY a.id <> a.near_duplicate_group, a.created_at, a.id, s.ordinal)
    ), linked AS (
        SELECT id, CASE WHEN article_id <> first_article
                        AND (several OR coalesce(speaker_id = first_speaker, true)) THEN first END AS first
        FROM said
    ), changed AS (
        UPDATE statement SET copy_of = linked.first, updated_at = now()
        FROM linked WHERE statement.id = linked.id AND statement.copy_of IS DISTINCT FROM linked.first
        RETURNING article_id
    )
    INSERT INTO outbox (entity, entity_id, operation) SELECT DISTINCT 'article', article_id, 'upsert' FROM changed
    WHERE article_id <> ALL(CAST(:told AS text[]))
""")
