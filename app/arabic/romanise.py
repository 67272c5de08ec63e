"""Names in Latin letters: how an Arabic name may be written, and what two spellings of one name share.

No romanisation is the right one (Qamishli, Kamishly, al-Qāmišlī). For reading, a name is written out letter by letter,
with the vowels that lists of names know; for finding, both sides are brought to their consonants.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

from app.arabic.fold import folded
from app.arabic.kept import kept
from app.arabic.lists import entries

_DATA = Path(__file__).parent / "data"
_ARABIC = re.compile(r"[\u0621-\u064a]")
_WHOLLY_ARABIC = re.compile(r"[\u0621-\u064a]+")
_LATIN = re.compile(r"[a-z]")
_ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤ"
_WRITTEN = "a,b,t,th,j,h,kh,d,dh,r,z,s,sh,s,d,t,z,a,gh,f,q,k,l,m,n,h,w,i,p,ch,zh,g,v"
_LETTERS = {**dict(zip(_ALPHABET, _WRITTEN.split(","), strict=True)), "ء": ""}
# Consonants that writers of Latin letters do not tell apart share one; the vowels and what carries them are left out.
_SOUNDS = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهپچژگڤ", "btsghhddrzsxsdtzgfkklmnhbxzgf", strict=True))
_DIGRAPHS = (("sh", "x"), ("ch", "x"), ("kh", "h"), ("gh", "g"), ("th", "s"), ("dh", "d"), ("ph", "f"), ("zh", "z"))
_LATIN_SOUNDS = {**{letter: letter for letter in "bdfghklmnrstxz"}, "p": "b", "v": "f", "c": "k", "q": "k", "j": "g"}
# Letters of scholars and of Turkish whose mark is heard; other marks are left out.
_SCHOLARLY = str.maketrans({"š": "sh", "ş": "sh", "ç": "ch", "ḫ": "kh", "ġ": "gh", "ṯ": "th", "ḏ": "dh"})
# The article before a name, also where its l has become the next letter.
_LATIN_ARTICLE = re.compile(r"\b(?:[ae]l|[ae](sh|th|dh|[dlnrstz])(?=[ -]\1))[ -]+")
_LATIN_ARTICLES = re.compile(r"[ae](?:sh|th|dh|[dlnrstz])")
_LAST_H = re.compile(r"(?<=[aeiou])h\b")
_BETWEEN_WORDS = re.compile(r"[\s-]+")
_TWICE = re.compile(r"(.)\1+")
SHORTEST_SOUND = 2
# Arabic letters that `sounds` leaves out, and Latin vowels that stand for the same ones.
_UNHEARD = "اويعء"
_ALIKE = str.maketrans("eyowq", "iiuuk")


def is_latin(text: str) -> bool:
    """Whether a text is written in Latin letters alone."""
    return not has_arabic(text) and _LATIN.search(_plain(text)) is not None


def has_arabic(text: str) -> bool:
    """Whether a text has Arabic letters; no mark makes another script of a letter."""
    return _ARABIC.search(text) is not None


def is_wholly_arabic(word: str) -> bool:
    """Whether a word has Arabic letters and nothing else."""
    return _WHOLLY_ARABIC.fullmatch(word) is not None


def may_be_latin_article(word: str) -> bool:
    """Whether a word in Latin letters is the article before some names."""
    return _LATIN_ARTICLES.fullmatch(_plain(word)) is not None


@lru_cache(maxsize=20_000)
def is_latin_article(word: str, following: str) -> bool:
    """Whether the first of two words in Latin letters is the article of the second, also where its l is not heard."""
    return _LATIN_ARTICLE.match(f"{_plain(word)} {_plain(following)}") is not None


def romanised(name: str) -> list[str]:
    """The ways to write an Arabic name in Latin letters, the likeliest first; none for a name in other letters."""
    words = folded(name).split()
    if not words or not all(_ARABIC.search(word) for word in words):
        return []
    return [" ".join(_capital(_word(word)) for word in words)]


def _capital(word: str) -> str:
    return f"al-{word[3:].capitalize()}" if word.startswith("al-") else word.capitalize()


@cache
def words_in_latin() -> dict[str, str]:
    """Words of names, folded, and how they are mostly written in Latin letters."""
    rows = (line.split("\t") for line in entries(_DATA / "latin.tsv"))
    return {folded(arabic): latin for arabic, latin in rows}


def sounds(name: str) -> str:
    """The consonants of a name, word by word, the article left out: the same for its spellings in both scripts.

    أحمد and Ahmad are both `hmd`, القامشلي and Kamishly both `kmxl`. Empty where nothing remains.
    """
    words = _latin_words(name) if is_latin(name) else _arabic_words(name)
    return " ".join(filter(None, words))


def latin_letters(name: str) -> str:
    """The letters of a name in Latin letters, in lower case, without article, marks and blanks."""
    return "".join(_LATIN.findall(_LATIN_ARTICLE.sub("", _plain(name))))


def arabic_pattern(word: str) -> str | None:
    """A regular expression of the folded Arabic words with the sounds of one word in Latin letters, the article free.

    For Postgres and for Python alike; None where the word has too few sounds to be told by.
    """
    heard = sounds(word)
    if len(heard) < SHORTEST_SOUND:
        return None
    between = f"[{_UNHEARD}]*"
    # The feminine ending is heard as a t before another name (Darat Izza).
    return f"^(ال)?{between}" + between.join(f"[{_letters_of()[sound]}]{{1,2}}" for sound in heard) + f"{between}ه?$"


@cache
def _letters_of() -> dict[str, str]:
    letters: dict[str, str] = {}
    for letter, sound in _SOUNDS.items():
        letters[sound] = letters.get(sound, "") + letter
    return letters | {"t": letters["t"] + "ه"}


def agreement(one: str, other: str) -> float:
    """How much of two names in Latin letters is the same, 0 to 1; vowels that writers do not tell apart are alike."""
    return SequenceMatcher(None, _alike(one), _alike(other), autojunk=False).ratio()


def _alike(name: str) -> str:
    return _TWICE.sub(r"\1", latin_letters(name).translate(_ALIKE))


def _latin_words(name: str) -> list[str]:
    return [_latin_word(word) for word in _BETWEEN_WORDS.split(_LATIN_ARTICLE.sub("", _plain(name)))]


@kept
def _latin_word(word: str) -> str:
    word = _LAST_H.sub("", word)
    for digraph, sound in _DIGRAPHS:
        word = word.replace(digraph, sound)
    return _once("".join(_LATIN_SOUNDS.get(letter, "") for letter in word))


def _arabic_words(name: str) -> list[str]:
    return [_arabic_word(word) for word in folded(name).split()]


@kept
def _arabic_word(word: str) -> str:
    # The feminine ending, folded to ه, is heard as a vowel.
    bare = _without_article(word).removesuffix("ه")
    return _once("".join(_SOUNDS.get(letter, "") for letter in bare))


def _once(sounds: str) -> str:
    return _TWICE.sub(r"\1", sounds)


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower().replace("'", "")
    text = unicodedata.normalize("NFC", text).lower().translate(_SCHOLARLY)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return bare.lower().replace("ı", "i").replace("'", "").replace("’", "").replace("‘", "").replace("ʻ", "")


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=50_000)
def _word(word: str) -> str:
    bare = _without_article(word)
    article = "al-" if bare != word else ""
    known = words_in_latin().get(word)
    if known:
        return known
    return article + (words_in_latin().get(bare) or _by_letter(bare))


def _by_letter(word: str) -> str:
    written = "".join(_LETTERS.get(letter, letter) for letter in word)
    if word.endswith("ه"):
        written = written[:-1] + "a"
    if word.startswith("و"):
        return written
    return re.sub(r"(?<=[^aiu])w(?=[^aiu]|$)", "u", written)
