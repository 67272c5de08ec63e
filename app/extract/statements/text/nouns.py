"""Nouns that can speak: titles, groups, documents, what they agree with, and the mention made of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.arabic.names import actor_kind, is_given_name, is_name_word, name_words
from app.corpus.fields import SpeakerKind
from app.extract.statements.text.lexicon import rows, words_of
from app.extract.statements.text.stream import Stream

_SHORT = 4  # letters
_GRAMMAR = ("preposition", "adverb", "complementizer", "relative", "clause_start", "negation", "with_ma")
Shape = Literal["full", "short", "nominal", "group"]


@dataclass(slots=True)
class Mention:
    """Tokens `first` to `last` (exclusive) name who speaks; `role` are the tokens of title or function.

    `end` is where reading stopped. `shape` tells a full name from a part of one, a noun that points back
    ("the minister") and a group or organisation. `document` is the noun of what they issued (بيان لوزارة …), `joined`
    are those who speak together (فلان وعلان), `conjunction` that a و, ل or ب is written with the first word.
    """

    first: int
    last: int
    kind: SpeakerKind
    shape: Shape
    gender: str | None
    plural: bool
    end: int
    role: tuple[int, int] | None = None
    document: int | None = None
    joined: "tuple[Mention, ...] | None" = None
    conjunction: bool = False


def _titles_as_written() -> Iterator[str]:
    """The titles, of women too (الرئيسة), with و, ف or لل before them, and with the و of many behind (ممثلو)."""
    titles = words_of("title")
    hers = {title + "ه" for title in titles if not title.endswith("ي")} - words_of("not_her_title")
    joined = {letter + title for title in titles for letter in ("و", "ف", "لل")}
    definite = {"لل" + title[2:] for title in titles if title.startswith("ال")}
    for title in titles | hers | joined | definite:
        if not (title.endswith("و") and len(title) > _SHORT):
            yield title
        if len(title) >= _SHORT:
            yield title + "و"


# What is asked of every other word of a text is answered by a set itself, for words never met before as quickly as for
# the others. Whether a folded word is a title or function, with or without article and ل:
is_title = frozenset(_titles_as_written()).__contains__


def is_dual_title(word: str) -> bool:
    """الرئيسان، الكاتبان، الناشطتان."""
    if not (word.startswith("ال") and word.endswith("ان") and len(word) > 6):
        return False
    return is_title(word[:-2]) or (word.endswith("تان") and is_title(word[:-3] + "ه"))


_ONES = [one for one in words_of("anonymous") | words_of("title") if not one.startswith("ال")]
# مصدران، شاهدان، نائبتان:
is_two_of_them = frozenset(
    [one + "ان" for one in _ONES if not one.endswith("ت")] + [one[:-1] + "تان" for one in _ONES if one.endswith("ه")]
).__contains__


def title_of_each(dual: str) -> str:
    """وزير of الوزيران, كاتبه of الكاتبتان: the folded title of one of the two, without article."""
    return dual[2:-3] + "ه" if dual.endswith("تان") else dual[2:-2]


def looks_feminine(word: str) -> bool:
    """Whether a folded noun takes feminine agreement: ة, sound feminine or broken plural, a country, an acronym."""
    if word in words_of("masculine_ه"):
        return False
    if word.startswith("ال") and word[2:] in words_of("feminine_head"):
        return True
    return (word.endswith("ه") and len(word) > 3) or word in words_of("feminine_head") or word.endswith("ات")


def looks_like_masdar(word: str) -> bool:
    """Whether a folded word has the shape of a verbal noun: توضيح، إطلاق، اعتقال، استقبال، انفجار."""
    return _MASDAR.fullmatch(word) is not None


_MASDAR = re.compile("ت..ي.|ا..ا.|ا.ت.ا.|ان..ا.|است..ا.")


def _people_annexed() -> Iterator[str]:
    many = {word.removeprefix("ال")[:-1] for word in words_of("anonymous") if word.endswith("ون")}
    for word in many | {title + "و" for title in words_of("title")}:
        if len(word) > _SHORT and not word.startswith("ال"):
            yield word


# Whether a folded word is a sound masculine plural annexed to what follows (سائقو الحافلات، مسؤولو المكافحة):
are_people_of = frozenset(_people_annexed()).__contains__

_COUNTRIES = [word for _, names in rows("countries.tsv") for word in folded(names).split()]
# Whether a folded word is a country, or the town that stands for one (باكستان, طهران, أثينا):
is_state = words_of("feminine_head").union(words_of("capital"), _COUNTRIES).__contains__
# جاره, زميلتها, نظيره: who is told by whose he is.
is_kin_of_somebody = words_of("fellow").union(words_of("kin_of_speaker")).__contains__
# Whether a folded word is a noun for a group, a document or somebody with a title:
is_group_head = frozenset().union(*map(words_of, ("organisation", "anonymous", "document", "title"))).__contains__
# Whether a folded word only joins others (a preposition, an adverb, أن, الذي …) and names nothing:
is_grammar = frozenset().union(*map(words_of, _GRAMMAR)).__contains__


@kept
def is_speaker_head(word: str) -> bool:
    """Whether a folded word can be the first of a speaker's mention."""
    if word in words_of("masdar_with_al"):
        return False
    if word.startswith("لل") and is_group_head("ال" + word[2:]):
        return True
    return (
        is_group_head(word)
        or actor_kind(word) is not None
        or is_state(word)
        or (word.startswith("ال") and len(word) > 4)
        or is_people(word)
        or is_annexed_people(word)
        or is_two_of_them(word)
        or word in words_of("chief")
        or is_kin_of_somebody(word)
        or (word.removeprefix("ال") in words_of("information") and word not in words_of("evidence"))
        or (word.endswith("تا") and word[:-2] + "ه" in words_of("organisation"))
        or (word in name_words() and len(word) > 2)
        or is_given_name(word)
    )


def is_people(word: str) -> bool:
    """Whether a folded word is a sound masculine plural, which only people have: مسعفون, النازحون."""
    if not word.endswith("ون") or len(word) < 6 or word[0] in "يتونف":
        return False
    return word not in words_of("not_people")


def is_annexed_people(word: str) -> bool:
    """مؤيدو الحزب، متابعو القناة: a sound plural that has lost its ن to the noun behind it."""
    return word.endswith("و") and is_people(word + "ن") and not is_name_word(word) and word not in words_of("ends_in_w")


def _names_actor(stream: Stream, first: int, last: int) -> bool:
    """Whether the first one to four words are a listed actor."""
    return any(actor_kind(stream.joined(first, k)) is not None for k in range(first + 1, min(last, first + 4) + 1))


def is_plausible(stream: Stream, mention: Mention) -> bool:
    """Whether a mention is surely of someone who can speak, and no thing: for places where things stand as often."""
    head = stream.words[mention.first][mention.conjunction :]
    if mention.shape == "full" or is_state(head) or is_group_head(head) or is_title(head):
        return True
    if (mention.kind == "anonymous" and mention.plural) or is_dual_title(head) or is_annexed_people(head):
        return True
    if mention.first > 0 and mention.first - 1 in stream.opens:
        return True
    if head.startswith("لل") and "ال" + head[2:] in words_of("organisation"):
        return True
    if mention.shape == "short":
        plain = head[2:] if head.startswith("ال") else head
        return is_name_word(head) or head in stream.names or plain in stream.names or not head.endswith("ه")
    return _names_actor(stream, mention.first, mention.last) or head.endswith(("ون", "يون"))
