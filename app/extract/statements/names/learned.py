"""Learned names: persons whom no list knows, told from the article that names them twice.

«وزير العمل سجعان الكرزي … وأوضح الكرزي»: a word that stands alone behind a reporting verb is a family name where the
same article has it behind a title and a first name.
"""

from functools import cache

from app.arabic.kept import kept
from app.arabic.names import actor_kind, is_given_name, is_name_word
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.names.named_persons import PersonName, after_title
from app.extract.statements.text.lexicon import readings, words_of
from app.extract.statements.text.nouns import is_grammar, is_group_head, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

_SHORTEST = 3
_MOST = 50  # occurrences of one word: enough for any article, and a bound for any text


def learned_names(stream: Stream, known: set[str]) -> list[PersonName]:
    """The full names around words that speak alone; `known` are the words of the names found in lists."""
    families = _speaking_alone(stream, known)
    if not families:
        return []
    found: list[PersonName] = []
    seen: dict[str, int] = {}
    for i in stream.where(families, 0, len(stream.words)):
        word = stream.words[i]
        if seen.setdefault(word, 0) < _MOST:
            seen[word] += 1
            first = _first_of_name(stream, i)
            if first is not None and (not found or found[-1].last <= first):
                found.append(PersonName(stream, first, i + 1, found[-1].last if found else 0))
    return found


def _speaking_alone(stream: Stream, known: set[str]) -> set[str]:
    """Words right behind a reporting verb that can only be names."""
    families = set()
    for i in stream.places(_VERB, 0, len(stream.words) - 1):
        word = stream.words[i + 1]
        if len(word) >= _SHORTEST and word not in known and _may_be_family(word):
            families.add(word)
    return families


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word for word, (surface, _) in readings().items() if surface.form in ("perfect", "imperfect"))


_VERB = Watched(_verbs)


@kept
def _may_be_family(word: str) -> bool:
    plain = word[2:] if word.startswith("ال") else word
    return (
        word.isalpha()
        and not word.startswith(("لل", "بال", "وال"))
        and not is_grammar(word)
        and not (is_group_head(word) or is_title(word) or is_group_head(plain) or is_title(plain))
        and word not in words_of("feminine_head")
        and word not in words_of("addressed")
        and word not in words_of("demonstrative")
        and not looks_like_masdar(plain)
        and not word.endswith(("ات", "ون", "ين", "ها", "هم"))
        and not (word.endswith(("ه", "ا")) and not is_name_word(word))
        and actor_kind(word) is None
    )


def _first_of_name(stream: Stream, family: int) -> int | None:
    """Where the name ends that `family` closes begins: behind a title, or at a given name."""
    words = stream.words
    first = family - 1
    if first <= stream.sentence_start[family]:
        return None
    if words[first] in ("الدين", "الله"):
        first -= 1
        return first if is_given_name(words[first]) or words[first] == "عبد" else None
    if (
        not words[first].isalpha()
        or words[first].startswith(("ال", "وال", "لل", "بال"))
        or not _may_be_first(words[first])
    ):
        return None
    if surface_at(stream, first) is not None or words[first] in words_of("relative_verb"):
        return None
    if is_given_name(words[first]) or after_title(stream, first):
        return first
    return None


def _may_be_first(word: str) -> bool:
    return not (
        is_grammar(word)
        or is_group_head(word)
        or is_title(word)
        or word in words_of("feminine_head")
        or (not is_name_word(word) and (looks_like_masdar(word) or word.endswith(("ه", "ات"))))
    )
