"""Vectors in the form in which Postgres receives them are those that it would read from their text itself."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.arabic.words import FORMS, Form
from app.search.lexemes import lexemes
from app.search.vectors import FIELD_GAP, LAST_POSITION, POSITIONS_KEPT, Field, vectors

_ALIKE = text("SELECT CAST(:received AS tsvector) = CAST(CAST(:written AS text) AS tsvector)")
MANY = LAST_POSITION + 20
TEXTS = {
    "three fields": [Field("وزير الخارجية", "A"), Field("", "C"), Field("قال الوزير إن الطريق مفتوح", "D")],
    "keys of names": [Field("سوريا Syria دمشق سوريا Damascus", "A"), Field("syria", "B"), Field("سوريا", "C")],
    "as often as is kept": [Field("كلمة " * POSITIONS_KEPT, "D")],
    "words behind the last position": [Field(" ".join(f"w{number}" for number in range(MANY)), "D")],
    "forms of unlike length": [Field("か\u3099く سوريا", "A"), Field("سوريا か\u3099", "B")],
    "letters of four bytes": [Field("𐎀" * 60 + " " + "𒀀" * 130 + " 😀𝐀𝐁 " * 3, "A")],
    "no letters of words": [Field("' \\ ''' : 1A ﷽ ﷺ \x00 \ud800 x\x00y", "D")],
    "nothing": [Field("", "A"), Field(" \n ", "C")],
}


def written(fields: Sequence[Field], form: Form) -> str:
    """The fields as the text of a `tsvector`; Postgres sorts it, and cuts what is too much."""
    places: dict[str, list[str]] = {}
    first = 1
    for field in fields:
        found = lexemes(field.text, form)
        for at, word in [*enumerate(found.words), *found.keys.items()]:
            places.setdefault(word, []).append(f"{first + at}{field.weight}")
        first += len(found.words) + FIELD_GAP if found.words else 0
    return " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())


@pytest.mark.parametrize("case", TEXTS)
async def test_vectors_are_those_that_postgres_reads_from_text(writing: AsyncEngine, case: str) -> None:
    made = vectors(TEXTS[case])
    async with writing.connect() as connection:
        for form in FORMS:
            values = {"received": getattr(made, form), "written": written(TEXTS[case], form)}
            assert await connection.scalar(_ALIKE, values)


async def test_of_a_word_that_comes_too_often_the_first_positions_are_kept(writing: AsyncEngine) -> None:
    made = vectors([Field("كلمة " * MANY, "A"), Field("كلمة", "D")])
    async with writing.connect() as connection:
        found = await connection.execute(
            text("SELECT positions, weights FROM unnest(CAST(:vector AS tsvector))"), {"vector": made.plain}
        )
        positions, weights = found.one()
    assert positions == list(range(1, POSITIONS_KEPT + 1))
    assert set(weights) == {"A"}


async def test_behind_the_last_position_a_word_is_kept_once_with_its_best_weight(writing: AsyncEngine) -> None:
    made = vectors([Field(f"باب {'ثم ' * MANY} باب", "C"), Field("باب", "A"), Field("باب", "D")])
    async with writing.connect() as connection:
        found = await connection.execute(
            text("SELECT positions, weights FROM unnest(CAST(:vector AS tsvector)) WHERE lexeme = 'باب'"),
            {"vector": made.plain},
        )
        assert tuple(found.one()) == ([1, LAST_POSITION], ["C", "A"])
