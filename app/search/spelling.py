"""What a misspelt word may have meant: words of the corpus one slip away, or two for long words.

A slip is a letter left out, put in, or exchanged, or two neighbours transposed. Only a search that finds nothing is
read this way, or one of a long word that the corpus has almost nowhere but a far commoner neighbour of: so what was
typed right stays crisp. A word in Latin letters may also be meant for one that sounds alike in Arabic ones.
"""

from collections.abc import Iterator, Sequence

import asyncpg

from app.arabic.romanise import agreement, arabic_pattern, is_latin, romanised
from app.search.query import Query

# Shorter words have too many neighbours: علم is no slip for عالم.
SHORTEST = 4
TWO_SLIPS_FROM = 8
CANDIDATES = 3
LONGEST = 30
# Between a word in Latin letters and one of the corpus with the same consonants, 0 to 1.
LEAST_AGREEMENT = 0.6

_ARABIC = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN = "abcdefghijklmnopqrstuvwxyz"

# A word found almost nowhere is taken for a slip of one that is so many times as common; short words are mostly names.
COMMONER, LONG_ENOUGH, FEWEST = 50, 6, 3

_KNOWN = "SELECT word FROM vocabulary WHERE word = ANY($1::text[])"
# The commonest first: how many articles have the word, counted no further than it takes to tell.
_COMMONEST = """
    SELECT v.word FROM vocabulary v
    ORDER BY (
        SELECT count(*) FROM (SELECT FROM article_words w WHERE w.folded @@ ('''' || v.word || '''')::tsquery LIMIT 500)
    ) DESC, v.word
"""
_NEAR = _COMMONEST.replace("ORDER BY", "WHERE v.word = ANY($1::text[]) ORDER BY")
_COMMONER = """
    SELECT v.word, (
        SELECT count(*) FROM (SELECT FROM article_words w WHERE w.folded @@ ('''' || v.word || '''')::tsquery LIMIT 500)
    ) AS articles
    FROM vocabulary v WHERE v.word = ANY($1::text[])
"""
_SOUNDING = "SELECT word FROM vocabulary WHERE word ~ $1"
_ALIKE = "SELECT word FROM vocabulary WHERE word % $1 ORDER BY similarity(word, $1) DESC, word LIMIT 30"


async def meant(pool: asyncpg.Pool, query: Query) -> dict[str, Sequence[str]]:
    """For each doubtful word of a query that found nothing (folded): what it may have meant, likeliest first.

    Doubtful are the words that the corpus does not know; where it knows all of them, all are.
    """
    words = list(dict.fromkeys(word.folded for word in query.words if SHORTEST <= len(word.folded) <= LONGEST))
    words = [word for word in words if not word.isdecimal()]
    if not words:
        return {}
    async with pool.acquire() as connection:
        known = {row["word"] for row in await connection.fetch(_KNOWN, words)}
        doubtful = [word for word in words if word not in known] or words
        found = {word: await _candidates(connection, word) for word in doubtful}
    return {word: candidates for word, candidates in found.items() if candidates}


async def likelier(pool: asyncpg.Pool, query: Query) -> dict[str, Sequence[str]]:
    """For each long word of a query that found almost nothing: the word one slip away that is far commoner, if any."""
    words = [
        word.folded for word in query.words if LONG_ENOUGH <= len(word.folded) <= LONGEST and word.folded.isalpha()
    ]
    found: dict[str, Sequence[str]] = {}
    for word in dict.fromkeys(words):
        rows = await pool.fetch(_COMMONER, [word, *sorted(one_slip(word))])
        common = {row["word"]: row["articles"] for row in rows}
        own = common.pop(word, 0)
        best = max(common, key=lambda other: (common[other], other), default=None)
        if best and common[best] >= COMMONER * max(own, 1):
            found[word] = [best]
    return found


async def _candidates(connection: asyncpg.pool.PoolConnectionProxy, word: str) -> list[str]:
    in_arabic = await _in_arabic_letters(connection, word) if is_latin(word) else []
    return in_arabic or await _near(connection, word)


async def _in_arabic_letters(connection: asyncpg.pool.PoolConnectionProxy, word: str) -> list[str]:
    """The words of the corpus that sound like one in Latin letters, the likeliest first."""
    rows = await connection.fetch(_SOUNDING, arabic_pattern(word))
    alike = {row["word"]: max((agreement(word, one) for one in romanised(row["word"])), default=0) for row in rows}
    likely = [other for other in alike if alike[other] >= LEAST_AGREEMENT]
    return sorted(likely, key=lambda other: (-alike[other], other))[:CANDIDATES]


async def _near(connection: asyncpg.pool.PoolConnectionProxy, word: str) -> list[str]:
    for form in _without_proclitics(word):
        near = [row["word"] for row in await connection.fetch(_NEAR, sorted(one_slip(form)))]
        if near:
            return near[:CANDIDATES]
        if len(form) >= TWO_SLIPS_FROM:
            alike = [row["word"] for row in await connection.fetch(_ALIKE, form)]
            if near := [other for other in alike if slips(form, other) <= 2]:
                return near[:CANDIDATES]
    return []


def _without_proclitics(word: str) -> Iterator[str]:
    """The word, and what remains without a conjunction, preposition or article that may stand before it."""
    yield word
    for clitic in ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(clitic) and len(word) - len(clitic) >= SHORTEST:
            yield word[len(clitic) :]
            return


def one_slip(word: str) -> set[str]:
    """All strings one slip away, of at least `SHORTEST` letters, in the word's own alphabet."""
    letters = _LATIN if word[0] in _LATIN else _ARABIC
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in cuts if tail}
    near.update(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    near.update(head + letter + tail[1:] for head, tail in cuts if tail for letter in letters)
    near.update(head + letter + tail for head, tail in cuts for letter in letters)
    return {other for other in near if len(other) >= SHORTEST and other != word}


def slips(one: str, other: str) -> int:
    """How many slips lie between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row, last = row, [at], before
        for there, found in enumerate(other, 1):
            step = min(above[there] + 1, row[-1] + 1, above[there - 1] + (letter != found))
            if at > 1 and there > 1 and letter == other[there - 2] and one[at - 2] == found:
                step = min(step, last[there - 2] + 1)
            row.append(step)
        before = above
    return row[-1]
