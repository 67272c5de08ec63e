"""Words told by a noun for them and by whose they are: وكان جواب فلان: «…», رأي الخبير أن …, وآخر كلماتها: «…»."""

from functools import cache
from typing import NamedTuple

from app.arabic.names import is_name_word
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.frames.contents import strip_edges
from app.extract.statements.frames.main_clauses import begin_of
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_group_head, is_title
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import COLON, Watched

_FARTHEST = 30  # tokens from the noun to its colon
_HEAD = 4  # tokens before a noun whose clause begins with أن
_PRONOUNS = (("هم", "m", True), ("ها", "f", False), ("ه", "m", False))
_SHORTEST = 2  # words in marks


class _Noun(NamedTuple):
    """A noun for words at token `at`, of a pronoun's owner where `gender` is told."""

    at: int
    gender: str | None
    plural: bool


def read_worded(stream: Stream, first: int, last: int) -> list[Found]:
    """What a sentence without a verb of saying gives as somebody's words, behind a colon in marks or behind أن."""
    for at in stream.places(_WORDED, first, last - _SHORTEST):
        if stream.quote[at] < 0 and not stream.written(at, at + 1).endswith("ى"):  # رأى is no رأي
            noun = _noun(stream.words[at], at)
            found = _behind_colon(stream, noun, last) or _behind_that(stream, noun, first, last)
            if found is not None:
                return [found]
    return []


def _behind_colon(stream: Stream, noun: _Noun, last: int) -> Found | None:
    """وكانت إجابة الطفلة: «…», مستشهداً بقول الشاعر: «…»: nothing but the words in marks behind the colon."""
    words = stream.words
    colon = next(iter(stream.places(COLON, noun.at + 1, min(last - 1, noun.at + _FARTHEST))), None)
    quote = stream.opens.get(colon + 1) if colon is not None and stream.quote[colon] < 0 else None
    if colon is None or quote is None or quote.round or not quote.closed or quote.close - quote.open <= _SHORTEST:
        return None
    of_scripture = words[noun.at + 1] in words_of("of_god")  # قوله تعالى: «…»
    if of_scripture or any(word[0].isalnum() for word in words[quote.close : last]):
        return None
    return _made(stream, noun, quote.inner, colon)


def _behind_that(stream: Stream, noun: _Noun, first: int, last: int) -> Found | None:
    """وكان جواب الوزارة أن …, رأي الخبير فلان هو أن …: the clause right behind whose it is, at a sentence's head."""
    words = stream.words
    if noun.at - first > _HEAD or any(word in words_of("preposition") for word in words[first : noun.at]):
        return None
    owner = _owner(stream, noun, last)
    that = noun.at + 1 if owner is None else owner.end
    that += that < last and words[that] in ("هو", "هي", "كان")
    if that >= last - _SHORTEST or words[that] not in words_of("bare_complementizer"):
        return None
    return _made(stream, noun, (that + 1, last), that)


def _made(stream: Stream, noun: _Noun, content: tuple[int, int], end: int) -> Found | None:
    owner = _owner(stream, noun, end)
    if owner is None and noun.gender is None:
        return None
    reading = surface_at(stream, noun.at)
    lemma, stance = ("قال", "neutral") if reading is None else (reading[0].verb.lemma, reading[0].verb.stance)
    return Found(
        (noun.at, noun.at + 1),
        lemma,
        stance,
        "attributed",
        strip_edges(stream, *content),
        owner,
        "perfect",
        noun.gender,
        noun.plural,
        clause=noun.at,
    )


def _owner(stream: Stream, noun: _Noun, end: int) -> Mention | None:
    """Whose words they are, right behind the noun: a name, a title or a body, and no thing."""
    if noun.gender is not None:
        return None
    mention = read_mention(stream, noun.at + 1, end, tight=True)
    if mention is None or begin_of(mention) != noun.at + 1 or mention.kind == "document":
        return None
    head = stream.words[mention.first]
    named = mention.shape == "full" or mention.role is not None or is_name_word(head) or head in stream.names
    return mention if named or is_title(head) or is_group_head(head) else None


def _noun(word: str, at: int) -> _Noun:
    """What one of the `_worded` says of its owner."""
    for ending, gender, plural in _PRONOUNS:
        if word.endswith(ending) and _is_plain(word[: -len(ending)]):
            return _Noun(at, gender, plural)
    return _Noun(at, None, False)


def _is_plain(word: str) -> bool:
    plain = words_of("worded")
    bare = word[1:] if word[0] in "وفبل" and word not in plain else word
    return bare in plain or (bare[-1:] == "ت" and bare[:-1] + "ه" in plain)


@cache
def _worded() -> frozenset[str]:
    """The nouns in all their forms: جواب, وجوابه, إجابتها, بقول."""
    plain = words_of("worded")
    stems = {noun[:-1] + "ت" if noun.endswith("ه") else noun for noun in plain}
    forms = plain | {stem + ending for stem in stems for ending, _, _ in _PRONOUNS}
    return forms | {letter + form for form in forms for letter in "وفب"}


_WORDED = Watched(_worded)
