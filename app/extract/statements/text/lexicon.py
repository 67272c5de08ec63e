"""The lexicon: every verb and phrase that announces reported words, read from the tables in `data/`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.arabic.lists import entries
from app.arabic.names import given_names

Form = Literal["perfect", "imperfect", "participle", "masdar"]
_DATA = Path(__file__).parents[1] / "data"
_SAYING = "قال"
_BY_SAYING = (("بالقول", None, False), ("بقوله", "m", False), ("بقولها", "f", False), ("بقولهم", "m", True))
_CONJUNCTIONS = "وف"
_DUAL = frozenset(["قال", "اكد", "شدد", "نفي", "روي", "لفت", "نوه", "نبه", "كرر", "زعم"])  # ذكرا is a noun
_SHORT_VERBS = frozenset(["حث", "حض", "رد", "نص", "بث", "دق"])  # the others of two letters make other words: وعد
_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "ني", "نا")


# Rules ask for the parts of verbs and cues all the time: a struct's are found five times as fast as a named tuple's.
class Verb(msgspec.Struct, frozen=True):
    """One reporting verb: what may open its content (`opens`) and when to doubt it (`guard`).

    `governs`: prepositions after which a noun phrase is content, without the sign that keeps them in it.
    """

    lemma: str
    stance: str
    opens: frozenset[str]
    guard: str
    governs: frozenset[str]


class Surface(msgspec.Struct, frozen=True):
    """One written form of a verb, folded, with the gender and number it agrees with."""

    verb: Verb
    form: Form
    gender: str | None
    plural: bool
    pronoun: bool


def _verb(lemma: str, stance: str, opens: str, guard: str) -> Verb:
    words = {"إلى": "الي", "على": "علي", "عن": "عن", "من": "من", "ب": "ب", "ل": "ل", "في": "في"}
    ways = frozenset(opens.split()) - {"-"}
    governs = frozenset(words[way.lstrip("+")] for way in ways if way.lstrip("+") in words)
    return Verb(lemma, stance, ways, "" if guard == "-" else guard, governs)


def rows(file: str) -> Iterator[list[str]]:
    """The lines of a table in `data/`, comments left out, split at tabs."""
    return (line.split("\t") for line in entries(_DATA / file))


@kept
def words_of(group: str) -> frozenset[str]:
    """A group of words from `data/words.tsv`, folded."""
    return frozenset(map(folded, _groups().get(group, ())))


@kept
def lemmas_of(group: str) -> frozenset[str]:
    """A group of verbs from `data/words.tsv`, as their lemmas are written in `data/verbs.tsv`."""
    return frozenset(_groups().get(group, ()))


@cache
def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name, words in rows("words.tsv"):
        groups.setdefault(name, []).extend(words.split())
    return groups


@cache
def surfaces() -> dict[str, tuple[Surface, ...]]:
    """Every written form (folded, without the conjunction) of every verb."""
    forms: dict[str, list[Surface]] = {}
    for lemma, stance, opens, guard, perfect, imperfect, participle, masdar in rows("verbs.tsv"):
        verb = _verb(lemma, stance, opens, guard)
        for word, surface in _conjugate(verb, perfect.split(), imperfect, participle, masdar):
            if verb.guard == "told" and not surface.pronoun and surface.form != "participle":
                continue  # قاطعه, قاطعتها: the object is who hears it
            known = forms.setdefault(word, [])
            if not any(other.form == surface.form and other.pronoun == surface.pronoun for other in known):
                known.append(surface)
        if verb.lemma == _SAYING:
            # «اختتم حديثه بالقول»: the second half of a split cue, which works like a participle.
            for word, gender, plural in _BY_SAYING:
                forms[word] = [Surface(verb, "participle", gender, plural, False)]
    return {word: tuple(known) for word, known in forms.items()}


@cache
def homonyms() -> dict[str, tuple[tuple[Surface, bool], ...]]:
    """Every form of the verbs that report in one sense only, joined to a conjunction too; a form may have several."""
    forms: dict[str, tuple[tuple[Surface, bool], ...]] = {}
    for lemma, stance, opens, guard, perfect, imperfect, participle, masdar in rows("homonyms.tsv"):
        verb = _verb(lemma, stance, opens, guard)
        for word, surface in _conjugate(verb, perfect.split(), imperfect, participle, masdar):
            forms[word] = (*forms.get(word, ()), (surface, False))
            for letter in _CONJUNCTIONS if len(word) > 2 or word in _SHORT_VERBS else "":
                forms[letter + word] = (*forms.get(letter + word, ()), (surface, True))
    return forms


@cache
def readings() -> dict[str, tuple[Surface, bool]]:
    """Every form with and without a conjunction: its reading, and whether a conjunction is joined to it."""
    joined = {
        letter + word: (known[0], True)
        for word, known in surfaces().items()
        for letter in _CONJUNCTIONS
        if (len(word) > 2 or word in _SHORT_VERBS) and letter + word not in given_names()  # فالح
    }
    return joined | {word: (known[0], False) for word, known in surfaces().items()}


def _conjugate(
    verb: Verb, perfect: list[str], imperfect: str, participle: str, masdar: str
) -> Iterator[tuple[str, Surface]]:
    if perfect != ["-"]:
        yield from _perfect(verb, *(folded(form) for form in perfect))
    if imperfect != "-":
        yield from _imperfect(verb, folded(imperfect))
    if participle != "-":
        yield from _participle(verb, folded(participle))
    if masdar != "-":
        yield from _masdar(verb, folded(masdar))


def _perfect(verb: Verb, he: str, she: str, they: str) -> Iterator[tuple[str, Surface]]:
    third = [(he, "m", False), (she, "f", False), (they, "m", True)]
    yield from ((form, Surface(verb, "perfect", g, p, False)) for form, g, p in third)
    if len(he) > 3 or he in _DUAL:
        dual = he[:-1] + "يا" if he.endswith("ي") else he + "ا"
        yield dual, Surface(verb, "perfect", "m", True, False)
    yield she + "ا", Surface(verb, "perfect", "f", True, False)
    if not verb.lemma.endswith("ّ"):
        yield from ((form, Surface(verb, "perfect", "f", True, False)) for form in _said_by_women(he))
    for ending in _PRONOUNS:
        for form, g, p in third:
            stem = form[:-1] if form.endswith("وا") else (form[:-1] + "ا" if form.endswith("ي") else form)
            yield stem + ending, Surface(verb, "perfect", g, p, True)


def _said_by_women(he: str) -> Iterator[str]:
    """قلن, أشرن, أكدن, روين: of three letters only what is no other word (عدن, صحن)."""
    if he == "قال":
        yield "قلن"
    elif len(he) > 3 and he[-2] == "ا" and he[0] == "ا":
        yield he[:-2] + he[-1] + "ن"
    elif len(he) > 2 and he[-2] != "ا" and he[-1] != "ا":
        yield he + "ن"


def _imperfect(verb: Verb, he: str) -> Iterator[tuple[str, Surface]]:
    she = "ت" + he[1:]
    stem = he[:-1] if he[-1] in "يو" else he
    yield he, Surface(verb, "imperfect", "m", False, False)
    yield she, Surface(verb, "imperfect", "f", False, False)
    yield stem + "ون", Surface(verb, "imperfect", "m", True, False)
    if len(he) > 3 and not verb.lemma.endswith("ّ"):
        women = he[:-2] + he[-1] if he[-2] in "اوي" and he[-1] not in "وي" else he  # يقلن, يشرن
        yield women + "ن", Surface(verb, "imperfect", "f", True, False)
    if len(he) > 3:
        yield he + "ان", Surface(verb, "imperfect", "m", True, False)
        yield she + "ان", Surface(verb, "imperfect", "f", True, False)
    if verb.lemma in lemmas_of("denied_too"):  # لم ينفِ، لم ينكروا
        yield stem + "وا", Surface(verb, "imperfect", "m", True, False)
        if he.endswith("ي"):
            yield he[:-1], Surface(verb, "imperfect", "m", False, False)
            yield she[:-1], Surface(verb, "imperfect", "f", False, False)
    for ending in _PRONOUNS:
        bare = he[:-1] + "ا" if he.endswith("ي") and len(he) == 3 else he
        yield bare + ending, Surface(verb, "imperfect", "m", False, True)
        yield "ت" + bare[1:] + ending, Surface(verb, "imperfect", "f", False, True)


def _participle(verb: Verb, accusative: str) -> Iterator[tuple[str, Surface]]:
    he = accusative[:-1] if accusative.endswith("ا") else accusative
    stem = he[:-1] if he.endswith("ي") else he
    yield accusative, Surface(verb, "participle", "m", False, False)
    yield he + "ه", Surface(verb, "participle", "f", False, False)
    yield stem + "ين", Surface(verb, "participle", "m", True, False)


def _masdar(verb: Verb, his: str) -> Iterator[tuple[str, Surface]]:
    noun = his[:-1] if his.endswith("ه") else his
    for ending, gender, plural in (("ه", "m", False), ("ها", "f", False), ("هم", "m", True)):
        yield noun + ending, Surface(verb, "masdar", gender, plural, True)
