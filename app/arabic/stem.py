"""A light stem: the clitics and the commonest endings taken off a folded word, and plurals brought to their singular.

Made for finding, not for grammar: what remains is a key that the forms of one word share, not a word. A letter of
the word itself is left alone where a list knows it (`data/first_letters.txt`, `data/last_letters.txt`); broken
plurals and second spellings come from lists too (`data/plurals.tsv`, `data/spellings.tsv`).
"""

import re
from functools import cache
from pathlib import Path

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.arabic.lists import entries

_DATA = Path(__file__).parent / "data"
SHORTEST_STEM = 3

# The letters that any of the following begins with.
_CLITICS = "وفبكلاس"
_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=...)")
_CONJUNCTION = re.compile(r"[وف](?=...)")
_PREPOSITION = re.compile(r"[بكل](?=...)")
# سيعلن and ستقوم: a verb to come, as long as no list knows the word (سيارة).
_FUTURE = re.compile(r"س(?=[يت]...)")
# Taken off one after the other: whose it is, how many there are, and the ending of the word itself. Each with what a
# word must end in to have it, which tells of most words that they have not.
_ENDINGS = (
    # Behind a verb in the plural its و stands before the pronoun (قتلوهم).
    (
        re.compile(r"(...+?)(?:و(?:ها|هم)|(?<=....)(?:هما|كما|هن|كم|نا)|ها|هم)"),
        ("ها", "هم", "هما", "كما", "هن", "كم", "نا"),
    ),
    (
        re.compile(r"(...+?)(?:اته|اتي|ات|ان|ون|ين|تين|تان|وا)"),
        ("اته", "اتي", "ات", "ان", "ون", "ين", "وا"),
    ),
    # The ending of Syria and Syrian (سوريا، سورية، سوري) stays when fewer than four letters would remain.
    (
        re.compile(r"(...+?)(?:(?<=....)(?:يه|يا|ي|ته|تي)|[هاءت])"),
        ("ي", "ه", "ا", "ء", "ت"),
    ),
)
_LAST_OF_ENDINGS = "ءاتمنهي"


@kept
def stem(word: str) -> str:
    """The light stem of one folded word; words of other scripts and digits come back as they are."""
    if not "\u0621" <= word[:1] <= "\u064a":
        return word
    plurals, known = _plurals(), _last_letters()
    bare = _without_clitics(word)
    for ending, ends in _ENDINGS if bare[-1] in _LAST_OF_ENDINGS else ():
        if bare in plurals or bare in known:
            break
        bare = _bound(bare, _without_ending(bare, ending, ends))
    return plurals.get(bare, bare)


def _bound(longer: str, bare: str) -> str:
    """What remains of a word; where that is a listed plural whose ة became ت before a pronoun (قادتهم), with its ة."""
    if bare != longer and bare.endswith("ت") and bare[:-1] + "ه" in _plurals():
        return bare[:-1] + "ه"
    return bare


def _without_clitics(word: str) -> str:
    """The word without the article and what stands before it; one letter alone only where it is none of the word's."""
    if len(word) <= SHORTEST_STEM or word[0] not in _CLITICS or _kept(word):
        return word
    bare = _without_beginning(word, _ARTICLE)
    if bare != word:
        # After لل the word's own ل is written only once: للاجئين are the لاجئين.
        return "ل" + bare if word.endswith("لل" + bare) and _kept("ل" + bare) else bare
    for clitic in (_CONJUNCTION, _FUTURE, _PREPOSITION):
        shorter = _without_beginning(bare, clitic)
        if shorter != bare:
            bare = shorter
            if _kept(bare):
                break
    return bare


def _kept(word: str) -> bool:
    """Whether the list knows that the first letter, or `ال`, belongs to this word."""
    known = _first_letters()
    return word in known or _without_endings(word) in known


def _without_endings(word: str) -> str:
    known = _last_letters()
    for ending, ends in _ENDINGS if word[-1] in _LAST_OF_ENDINGS else ():
        if word in known:
            break
        word = _without_ending(word, ending, ends)
    return word


def _without_ending(word: str, ending: re.Pattern[str], ends: tuple[str, ...]) -> str:
    found = ending.fullmatch(word) if word.endswith(ends) else None
    return found[1] if found else word


def _without_beginning(word: str, beginning: re.Pattern[str]) -> str:
    found = beginning.match(word)
    return word[found.end() :] if found else word


@cache
def _first_letters() -> frozenset[str]:
    words = _words("first_letters.txt")
    return frozenset(words) | {_without_endings(word) for word in words}


@cache
def _last_letters() -> frozenset[str]:
    return frozenset(_words("last_letters.txt"))


@cache
def _plurals() -> dict[str, str]:
    """Plural, or second spelling, to the stem of its word: without clitics, with and without endings.

    Three letters that remain without an ending are mostly another word (طلبة without ة is a request).
    """
    found: dict[str, str] = {}
    shorter: dict[str, str] = {}
    for line in (*_words("plurals.tsv"), *_words("spellings.tsv")):
        form, word = line.split("\t")
        singular = _without_endings(word)
        found[form] = found.get(word) or found.get(singular, singular)
        bare = _without_endings(form)
        if len(bare) > SHORTEST_STEM:
            shorter[bare] = found[form]
    return shorter | found


def _words(file: str) -> list[str]:
    return [folded(line) for line in entries(_DATA / file)]
