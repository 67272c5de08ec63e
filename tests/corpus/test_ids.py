"""Ids stay what they are as long as the thing is the same."""

from hypothesis import given
from hypothesis import strategies as st

from app.arabic.names import name_key
from app.corpus.fields import Cue, Statement, StatementZone, TextSpan
from app.corpus.ids import article_id, speaker_id, statement_ids


def statement(content: str, cue: str | None = "قال", zone: StatementZone = "body") -> Statement:
    return Statement(
        content=TextSpan(0, len(content), content),
        segments=[],
        kind="indirect",
        zone=zone,
        cue=Cue(0, len(cue), cue, cue, "neutral") if cue else None,
        speaker=None,
        confidence=1.0,
        rule="test",
    )


def test_an_article_is_its_address_else_its_content() -> None:
    assert article_id("https://a.example/1", "x") == article_id("https://a.example/1", "y")
    assert article_id(None, "x") != article_id(None, "y")
    assert article_id("x", "") != article_id(None, "x")


@given(st.lists(st.builds(statement, st.sampled_from("اب"), st.sampled_from(["قال", "أكد", None])), max_size=12))
def test_statements_of_one_article_never_share_an_id(statements: list[Statement]) -> None:
    assert len(set(statement_ids("a", statements))) == len(statements)


def test_content_and_cue_are_told_apart() -> None:
    one, other = statement_ids("a", [statement("اب", "ج"), statement("ا", "بج")])
    assert one != other


def test_a_headline_that_repeats_a_statement_does_not_take_its_id() -> None:
    body = statement("الطريق مفتوح")
    headline = statement("الطريق مفتوح", zone="title")
    assert statement_ids("a", [headline, body])[1] == statement_ids("a", [body])[0]


def test_an_earlier_statement_that_goes_leaves_the_others_their_ids() -> None:
    first, second = statement("الطريق مفتوح"), statement("الجسر مغلق")
    assert statement_ids("a", [first, second])[1] == statement_ids("a", [second])[0]


def test_spellings_of_a_name_are_one_key() -> None:
    spellings = ["أُسامة  الزمرّدي", "اسامه الزمردى", "أسامـة الزمردي"]
    assert len({speaker_id(name_key(name)) for name in spellings}) == 1
