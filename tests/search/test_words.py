"""What Postgres' own search reads: every text fits, and one writer's words never stand in another's way."""

import asyncio
import random

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.arabic.words import FORMS
from app.search import refresh_words
from app.search.encoded import lexemes_in_all_forms
from app.search.lexemes import lexemes
from tests.search.corpus import Page, write_pages


async def test_texts_of_any_size_fit_into_a_vector(writing: AsyncEngine) -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    chosen = random.Random(1)
    many = " ".join("".join(chosen.choices(letters, k=9)) for _ in range(120_000))
    bodies = {"many": many, "same": "كلمة " * 60_000, "long": "ا" * 200_000, "none": "", "odd": "' \\ ''' : 1A ﷽"}
    async with writing.begin() as connection:
        await write_pages(connection, [Page(id, body=body) for id, body in bodies.items()])
        rows = await connection.execute(text("SELECT article_id, length(folded) FROM article_words"))
        lengths = dict(tuple(row) for row in rows)
    assert lengths["same"] == 1
    assert lengths["many"] > 20_000
    assert lengths["none"] == 0
    async with writing.begin() as connection:
        longest = await connection.scalar(text("SELECT max(length(word)) FROM vocabulary"))
    assert longest is not None
    assert longest <= 30


async def test_writers_of_the_same_words_at_once_do_not_deadlock(writing: AsyncEngine) -> None:
    words = [f"كلمة{at}" for at in range(300)]
    async with writing.begin() as connection:
        await write_pages(connection, [Page(f"p{at}") for at in range(4)])

    async def write(number: int) -> None:
        shuffled = random.Random(number).sample(words, len(words))
        async with writing.begin() as connection:
            await connection.execute(
                text("UPDATE article SET body = :body WHERE id = :id"), {"body": " ".join(shuffled), "id": f"p{number}"}
            )
            await refresh_words(connection, [f"p{number}"])

    await asyncio.gather(*(write(number) for number in range(4)))
    async with writing.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM vocabulary WHERE word LIKE 'كلمه%'")) == 300


async def test_the_words_of_a_deleted_article_are_forgotten(writing: AsyncEngine) -> None:
    async with writing.begin() as connection:
        await write_pages(connection, [Page("a", body="معرض"), Page("b", body="معرض")])
        await connection.execute(text("UPDATE article SET deleted_at = now() WHERE id = 'a'"))
        await refresh_words(connection, ["a", "b"])
        assert list(await connection.scalars(text("SELECT article_id FROM article_words"))) == ["b"]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("قال أنّ السُّوريّةِ ــ 12٣ é ﷽ ﻻ\u200f\n"), max_size=60))
def test_words_in_all_forms_are_those_of_each_form(written: str) -> None:
    assert lexemes_in_all_forms(written) == tuple(lexemes(written, form) for form in FORMS)
