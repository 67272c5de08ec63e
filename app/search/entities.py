"""Names that are one: an actor or a place under all its names, a compound name in one word or two and in any case.

A name found in a text gives the text one more word, its key, and a name in a query is asked for by its key: both
engines compare keys as they compare any word. Neither spelling is lost.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress, count
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.arabic.lists import entries
from app.arabic.names import actors, given_names, is_name_word
from app.arabic.places import Place, places
from app.arabic.romanise import is_latin, romanised, words_in_latin
from app.arabic.stem import stem
from app.arabic.words import forms
from app.search.latin_names import LatinNames

_DATA = Path(__file__).parent / "data"
AMBIGUOUS = _DATA / "ambiguous.txt"
_PROCLITICS = "وفبلك"
# "عبد الله" and "عبدالله": the servant of, and one of the names that begin with the article.
_SERVANT, _SERVANT_OF = "عبد", "عبدال"
# "أبو بكر", in other cases "أبي بكر" and "أبا بكر", in one word "أبوبكر": the father of, and a name.
_FATHER, _FATHER_IN_ANY_CASE = "ابو", ("ابو", "ابي", "ابا")
# "نور الدين" and "نورالدين": a noun, and of the religion.
_OF_THE_RELIGION = "الدين"
# A sub-district round the town whose name it bears.
_CENTRE = "مركز "
# What a village is called after, as a name of two words tells: other two words may be anything.
_VILLAGE = ("تل", "عين", "كفر", "دير", "خان", "خربه", "برج", "بير", "راس", "معره", "حوش", "بيت", "جب", "جسر", "تله")


class Entity(NamedTuple):
    """A name in a sequence of words: words `start` to `end` (exclusive) have the key `key`."""

    start: int
    end: int
    key: str


# By the stem of the second word of a name: the stems of all its words, and its key; the longest first.
_Longer = dict[str, list[tuple[tuple[str, ...], str]]]


class _Names(NamedTuple):
    single: dict[str, str]  # folded word: key
    several: dict[str, _Longer]  # stem of the first word: the names of several words
    latin: LatinNames


class Beginning(msgspec.Struct, frozen=True):
    """What may begin with a word: listed names, compound names by the first part, the word itself, Latin names."""

    longer: _Longer
    firsts: list[str]
    key: str | None
    latin: bool


def entities(words: Sequence[str]) -> list[Entity]:
    """The names in a sequence of folded words, the longest at each place, in order, none overlapping."""
    return entities_at(words, list(map(beginning, words)))


def entities_at(words: Sequence[str], beginnings: Sequence[Beginning | None]) -> list[Entity]:
    """The names in a sequence of folded words whose `beginning`s are known."""
    found, end = [], 0
    for at in compress(count(), beginnings):
        may_begin = beginnings[at]
        if may_begin and at >= end and (entity := _at(words, at, may_begin)):
            found.append(entity)
            end = entity.end
    return found


def beginning(word: str) -> Beginning | None:
    """What may begin with this folded word: mostly nothing, and this is asked of every word of a text."""
    names = _names()
    firsts, key = [], None
    for bare in _without_proclitic(word):
        if bare in names.single:
            key = names.single[bare]
            break
        if _may_begin_compound(bare):
            firsts.append(bare)
        if _is_compound(bare):
            key = bare
            break
    longer, latin = names.several.get(stem(word)), is_latin(word)
    return Beginning(longer or {}, firsts, key, latin) if longer or firsts or key or latin else None


def _at(words: Sequence[str], at: int, beginning: Beginning) -> Entity | None:
    following = words[at + 1] if at + 1 < len(words) else ""
    # Most words that begin a name are the whole of it.
    for stems, key in beginning.longer.get(stem(following), ()) if beginning.longer else ():
        if tuple(map(stem, words[at : at + len(stems)])) == stems:
            return Entity(at, at + len(stems), key)
    for first in beginning.firsts:
        compound = _compound(first, following)
        if compound:
            return Entity(at, at + 2, compound)
    if beginning.key:
        return Entity(at, at + 1, beginning.key)
    latin = _names().latin.at(words, at) if beginning.latin else None
    return Entity(at, *latin) if latin else None


def _may_begin_compound(word: str) -> bool:
    return word == _SERVANT or word in _FATHER_IN_ANY_CASE or word in given_names()


def _compound(word: str, following: str) -> str | None:
    """The name of two words as one; None where these are no such name."""
    if word == _SERVANT and following.startswith("ال") and len(following) > 3:
        return word + following
    if word in _FATHER_IN_ANY_CASE and len(following) > 2 and is_name_word(following):
        return _FATHER + following
    return word + following if following == _OF_THE_RELIGION and word in given_names() else None


def _is_compound(word: str) -> bool:
    """Whether one word is a name of two."""
    return (
        (word.startswith(_SERVANT_OF) and len(word) > 6)
        or (word.startswith(_FATHER) and word[len(_FATHER) :] in given_names())
        or (word.endswith(_OF_THE_RELIGION) and word.removesuffix(_OF_THE_RELIGION) in given_names())
    )


def _without_proclitic(word: str) -> tuple[str, ...]:
    """The word, and where it begins with a proclitic the word without it."""
    if word.startswith("لل"):
        return word, "ا" + word[1:]
    return (word, word[1:]) if word[:1] in _PROCLITICS and len(word) > 3 else (word,)


@cache
def _names() -> _Names:
    ambiguous = {" ".join(forms(line, "folded")) for line in entries(AMBIGUOUS)}
    single: dict[str, str] = {}
    several: dict[tuple[str, ...], str] = {}
    latin: list[tuple[str, str]] = []
    for group in _groups():
        written = {name: forms(name, "folded") for name in group}
        listed = [words for words in written.values() if words and " ".join(words) not in ambiguous]
        first = written[group[0]]
        # A place that a list by hand has too is named by the key that it has there.
        key = single.get(first[0]) if len(first) == 1 else several.get(tuple(map(stem, first)))
        key = key or _key(first)
        for words in listed:
            if len(words) == 1:
                single.setdefault(words[0], key)
            else:
                several.setdefault(tuple(map(stem, words)), key)
        latin += [(spelling, key) for words in listed for spelling in _in_latin_letters(" ".join(words))]
    latin += [(spelling, stem(word)) for word, spelling in words_in_latin().items()]
    latin += _villages(single, several)
    return _Names(single, _by_first_words(several), LatinNames(latin))


def _villages(single: dict[str, str], several: dict[tuple[str, ...], str]) -> list[tuple[str, str]]:
    """The Latin names of villages of unknown size with their keys; those of two words are put among the names."""
    found: list[tuple[str, str]] = []
    for place in places().values():
        words = forms(place.name_ar, "folded")
        if place.kind != "community" or place.population or not _names_a_village(words):
            continue
        if len(words) == 1:
            key = single.get(words[0]) or stem(words[0])
        else:
            key = several.setdefault(tuple(map(stem, words)), "".join(words))
        found += [(name, key) for name in place.names[1:] if is_latin(name)]
    return found


def _names_a_village(words: Sequence[str]) -> bool:
    """Whether these words can be a village alone: one word is its own key, two begin as names of villages do."""
    return len(words) == 1 or (len(words) == 2 and words[0] in _VILLAGE)


def _in_latin_letters(name: str) -> list[str]:
    return [name] if is_latin(name) else romanised(name)


def _by_first_words(several: dict[tuple[str, ...], str]) -> dict[str, _Longer]:
    found: dict[str, _Longer] = {}
    for stems, key in sorted(several.items(), key=lambda one: -len(one[0])):
        found.setdefault(stems[0], {}).setdefault(stems[1], []).append((stems, key))
    return found


def _key(words: Sequence[str]) -> str:
    """A name of one word has its stem for a key, so that its derivations (السوري) meet its other names (Syria)."""
    return stem(words[0]) if len(words) == 1 else "".join(words)


def _groups() -> Iterator[list[str]]:
    """The names of one after the other, the one that gives the key first."""
    for name, aliases in actors().items():
        yield [name, *aliases]
    yield from (line.split("\t") for line in entries(_DATA / "names.tsv"))
    # Thousands of villages have names that are words of the language: under all its names only a town is met.
    towns = [place for place in places().values() if place.kind != "community" or place.population]
    yield from map(_names_of_place, sorted(towns, key=lambda place: -place.population))


def _names_of_place(place: Place) -> list[str]:
    """Its name, the same in one word or two, and its names in Latin letters.

    Another Arabic name may be another place's, or a word (the revolution, for a town): those in use stand in our list.
    """
    own = place.name_ar.removeprefix(_CENTRE)
    joined = own.replace(" ", "")
    return [own, *(name for name in place.names[1:] if is_latin(name) or name.replace(" ", "") == joined)]
