"""Kinds: whether a noun phrase is a person, a body, people or a document, and how it names them."""

from app.arabic.names import actor_kind, first_words_of_actors, is_name_word
from app.corpus.fields import SpeakerKind
from app.extract.statements.names.in_text import bare
from app.extract.statements.names.origins import is_country
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import (
    Shape,
    are_people_of,
    is_annexed_people,
    is_dual_title,
    is_group_head,
    is_kin_of_somebody,
    is_title,
    is_two_of_them,
)
from app.extract.statements.text.stream import Stream


def kind_of_phrase(stream: Stream, start: int, end: int) -> tuple[SpeakerKind, Shape]:
    """What tokens `start` to `end` stand for, by their first word more than by the others."""
    words = stream.words
    head = "ال" + words[start][2:] if words[start].startswith("لل") else words[start]
    if end - start == 1 and head.startswith("ال") and head in words_of("organisation"):
        return "organisation", "nominal"
    if end - start == 1 and _is_family_of_somebody(stream, start):
        return "person", "short"
    actor = _listed_actor(stream, start, end, head)
    if actor == "person":
        return "person", "short"
    if actor is not None:
        return "organisation", "group"
    if end - start == 1 and (is_country(head) or head in words_of("capital")):
        return "organisation", "short"
    if are_people_of(head):
        return "anonymous", "group"
    if head in words_of("document"):
        return "document", "nominal"
    if is_kin_of_somebody(head) and head not in stream.names:
        return "anonymous", "group"
    if end - start == 1 and (head in words_of("former") or head in words_of("second")):
        return "person", "nominal"
    definite = head.startswith("ال")
    if head in ("اكثر", "اقل") or head in words_of("numeral") or is_two_of_them(head):  # أكثر من عشرة شهود
        return "anonymous", "group"
    if head in words_of("anonymous"):
        back = (definite and head not in words_of("quantifier")) or head in words_of("latter")
        back = back or (is_title(head) and start + 1 < end and words[start + 1].startswith("ال"))  # قائد المنطقة
        return "anonymous", "nominal" if back else "group"
    if head in words_of("organisation") or head in words_of("feminine_head"):
        back = definite and (end - start == 1 or words[end - 1] in words_of("same"))
        return "organisation", "nominal" if back else "group"
    if is_dual_title(head):
        return "person", "nominal"
    if head in words_of("title") and start + 1 < end and words[start + 1] in words_of("of_noun"):
        return ("person", "nominal") if definite else ("anonymous", "group")  # ناطق باسم الحلف
    if head in words_of("title") or head in words_of("latter"):
        return "person", "nominal"
    if words[end - 1] in words_of("same"):
        return "organisation", "nominal"
    if all(word in stream.names for word in words[start:end]):
        return "person", "short"
    if is_annexed_people(head) and end - start > 1:
        return "anonymous", "group"
    if head.endswith("ون") and len(head) > (6 if definite else 4) and not is_name_word(head):
        return "anonymous", "group"
    if definite and head.endswith("ين") and len(head) > 6 and not (is_name_word(head) or is_country(head)):
        return "anonymous", "group"
    if bare(head) in words_of("information") and head not in stream.names:
        return "document", "group"
    if end - start <= 3 and is_name_word(head):
        return "person", "short"
    if end - start == 1:
        return "person", "short"
    return "organisation", "group"


def _is_family_of_somebody(stream: Stream, i: int) -> bool:
    """قال ماهر الطيار … وأضاف الطيار: a trade or a group that is the family name of somebody named in the article."""
    word = stream.words[i]
    if word not in stream.names or word in words_of("honorific"):
        return False
    if not word.startswith("ال"):
        return word in words_of("title_and_name") or word in words_of("trade_in_name")
    return (is_title(word) and word not in words_of("never_family")) or word in words_of("anonymous")


def _listed_actor(stream: Stream, start: int, end: int, head: str) -> str | None:
    """What the lists say of all the words, or of the first where it is no noun for a group."""
    of_all = actor_kind(stream.joined(start, end)) if stream.words[start] in first_words_of_actors() else None
    return of_all or (actor_kind(head) if not is_group_head(head) else None)
