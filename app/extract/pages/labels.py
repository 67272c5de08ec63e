"""Labels: pieces that name themselves, by the word lists in `data/labels.toml`."""

import re
import tomllib
from pathlib import Path
from typing import Literal

from app.arabic.fold import folded
from app.extract.pages.pieces import Piece

Label = Literal[
    "related", "section", "comment", "ui", "author", "source", "tags", "footer", "menu", "caption", "dateline",
    "view_count", "view_unit", "number", "url", "address", "time", "date", "invitation",
]  # fmt: skip

_DATA = tomllib.loads((Path(__file__).parent / "data/labels.toml").read_text("utf-8"))
_WORD = re.compile(r"[^\W_]+")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9٠-٩۰-۹][0-9٠-٩۰-۹.,،٬٫ ]{0,14}[kKmM]?")
_TIME = re.compile(
    r"(?:الساعة\s*:?\s*)?[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?::[0-9٠-٩]{2})?"
    r"(?:\s*(?:ص|م|صباحا|صباحاً|مساء|مساءً|ظهراً|[AaPp]\.?[Mm]\.?))?(?:\s*\(?(?:GMT|UTC)[+0-9:\-]*\)?)?"
)
_COLON = re.compile(r"[^:：]{1,30}[:：]")
_SENTENCE_END = re.compile(r"[.؟?!…]$")
_ORDER: tuple[Label, ...] = (
    "related", "section", "comment", "footer", "tags", "ui", "invitation", "source", "caption", "dateline", "author",
    "address", "menu",
)  # fmt: skip
_PLACES = ("whole", "start", "end", "inside")
AUTHOR_NAME_WORDS = 5
HASHTAG_WORDS = 4
# Labels that count without a colon only when they open with one of these words.
_SURE_WORDS = frozenset(map(folded, ("المصدر", "الوسوم", "وسوم", "tags", "source", "بقلم", "إعداد", "by")))


def _key(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))


def _index(place: str) -> dict[str, set[Label]]:
    """Folded phrase to the labels that list it for this place of a piece."""
    found: dict[str, set[Label]] = {}
    for name in _ORDER:
        for phrase in _DATA[name].get(place, []):
            found.setdefault(_key(phrase), set()).add(name)
    return found


_PHRASES = {place: _index(place) for place in _PLACES}
# Between blanks: whole words in a line.
_INSIDE = {f" {phrase} ": names for phrase, names in _PHRASES["inside"].items()}
_TERMS = tuple(f" {_key(term)} " for term in _DATA["footer"]["two_of"])
_LONGEST = max(len(phrase.split()) for place in ("start", "end") for phrase in _PHRASES[place])
# Without one of these words where its phrases need it a piece has none of them; so it is with most.
_FIRST = frozenset(phrase.split()[0] for place in ("start", "whole") for phrase in _PHRASES[place])
_LAST = frozenset(phrase.split()[-1] for phrase in _PHRASES["end"])
_WITHIN = frozenset(phrase.split()[0] for phrase in (*_INSIDE, *_TERMS))
_MAX_WORDS: dict[Label, int] = {name: _DATA[name]["max_words"] for name in _ORDER}
_MOST_WORDS = max(_MAX_WORDS.values())


def opening(words: tuple[str, ...], name: Label) -> int:
    """How many words at the beginning belong to the longest `start` phrase of a label; 0 when none does."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        if name in _PHRASES["start"].get(" ".join(words[:count]), ()):
            return count
    return 0


def _named(piece: Piece) -> set[Label]:
    """The labels whose phrases stand in the piece where they must."""
    words, found = piece.words, set[Label]()
    counts = range(1, min(_LONGEST, len(words)) + 1)
    if words[0] in _FIRST or words[0][0].isdigit():
        found |= _PHRASES["whole"].get(" ".join(w for w in words if not w[0].isdigit()), set())
        found = found.union(*(_PHRASES["start"].get(" ".join(words[:count]), ()) for count in counts))
    if words[-1] in _LAST:
        found = found.union(*(_PHRASES["end"].get(" ".join(words[-count:]), ()) for count in counts))
    if not _WITHIN.isdisjoint(words):
        found |= _named_inside(f" {piece.key} ")
    return {name for name in found if len(words) <= _MAX_WORDS[name]}


def _named_inside(line: str) -> set[Label]:
    found = {name for phrase, names in _INSIDE.items() if phrase in line for name in names}
    return found | {"footer"} if sum(term in line for term in _TERMS) > 1 else found


def label(piece: Piece) -> Label | None:
    """What the piece says it is, or None. Dates are told apart elsewhere: see `dates.is_date_line`."""
    text = piece.text
    if _URL.fullmatch(text):
        return "url"
    if _TIME.fullmatch(text):
        return "time"
    if _NUMBER.fullmatch(text):
        return "number"
    if "   " in text and piece.is_ticker:
        return "section"
    views = view_label(piece)
    if views:
        return views
    named = _named(piece) if 0 < len(piece.words) <= _MOST_WORDS else set()
    for name in _ORDER:
        if name in named and _sure(piece, name):
            return name
    if text[0] == "#" and len(piece.words) <= HASHTAG_WORDS:
        return "tags"
    return "footer" if text[0] in "©ⓒ" else None


def _sure(piece: Piece, name: Label) -> bool:
    """Words that also open ordinary sentences count only in the form of a label."""
    labelled = _COLON.match(piece.text) is not None or piece.words[0] in _SURE_WORDS
    if name == "author":
        name_words = len(piece.words) - opening(piece.words, "author")
        return labelled and 0 < name_words <= AUTHOR_NAME_WORDS and not _SENTENCE_END.search(piece.text)
    if name in ("source", "tags"):
        return labelled or opening(piece.words, name) == len(piece.words)
    if name == "caption":
        return not piece.is_prose and (labelled or not piece.has_end_mark)
    if name == "dateline":
        return bool(re.search(r"[-–—/:()]|ـ{2}", piece.text)) and not piece.has_end_mark
    if name == "related":
        return not piece.is_prose or labelled
    if name == "invitation":
        return not (_SURE_CHANNELS if piece.is_prose else _CHANNELS).isdisjoint(piece.words)
    return True


def _alone_or_joined(names: list[str]) -> frozenset[str]:
    return frozenset(first + folded(name) for name in names for first in ("", "و", "ب"))


_SURE_CHANNELS = _alone_or_joined(_DATA["invitation"]["sure_channels"])
_CHANNELS = _SURE_CHANNELS | _alone_or_joined(_DATA["invitation"]["channels"])
_MASTHEADS = frozenset(map(folded, _DATA["masthead"]["first"]))


def is_masthead(piece: Piece) -> bool:
    """Whether a few words name an outlet by its kind: "the newspaper so and so"."""
    return 0 < len(piece.words) <= _DATA["masthead"]["max_words"] and piece.words[0] in _MASTHEADS


_UNITS = frozenset(map(_key, _DATA["views"]["units"]))
# Nine digits fit a Postgres integer.
_DIGITS = re.compile(r"(?<!\d)(\d{1,3}(?:[.,٬٫]\d{3}){1,2}|\d{1,9})(?:[.٫](\d))?\s*([kKmM])?(?!\d)")


_AGENCIES = "|".join(
    sorted((_key(name).replace(" ", r"\W?") for name in _DATA["dateline"]["end"]), key=len, reverse=True)
)
_DATELINE = re.compile(rf"[^.؟!:]{{2,60}}?(?<!\w)(?:{_AGENCIES})\)?\s*(?:-|–|—|:)")


def opens_with_dateline(text: str) -> bool:
    """Whether a paragraph begins as an agency begins its news: a place, the agency, a dash or colon."""
    return bool(_DATELINE.match(folded(text[:100])))


def view_label(piece: Piece) -> Label | None:
    """`view_count` for a number with its unit, `view_unit` for the unit alone."""
    if not piece.words or len(piece.words) > _DATA["views"]["max_words"]:
        return None
    without = tuple(w for w in piece.words if not w[0].isdigit())
    if " ".join(without) not in _UNITS:
        return None
    return "view_unit" if len(without) == len(piece.words) else "view_count"


def view_number(text: str) -> int | None:
    """The number in `1,204 مشاهدة`, `١٢٠٤` or `1.2K views`; None when there is none."""
    match = _DIGITS.search(text)
    if not match:
        return None
    whole, tenths, unit = match.groups()
    number = int(re.sub(r"[.,٬٫]", "", whole))
    if not unit:
        return number
    return (number * 10 + int(tenths or 0)) * (100 if unit in "kK" else 100_000)


_MARKUP_ENDINGS = tuple(
    (str(name), tuple(f"-{ending}" for ending in endings)) for name, endings in _DATA["markup_endings"].items()
)


def markup_label(tokens: set[str]) -> str | None:
    """What the class and id of an element say it holds, or None."""
    for name, known in _DATA["markup"].items():
        if not tokens.isdisjoint(known):
            return str(name)
    for name, endings in _MARKUP_ENDINGS:
        if any(token.endswith(endings) for token in tokens):
            return name
    return None
