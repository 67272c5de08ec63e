"""Labels: pieces that name themselves, by the word lists in `data/labels.toml`."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from app.arabic.fold import folded
from app.extract.pages.pieces import Piece

Label = Literal[
    "related", "section", "comment", "ui", "author", "source", "tags", "footer", "menu", "caption", "dateline",
    "view_count", "view_unit", "number", "url", "address", "time", "date",
]  # fmt: skip

_DATA = tomllib.loads((Path(__file__).parent / "data/labels.toml").read_text("utf-8"))
_WORD = re.compile(r"[^\W_]+")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9٠-٩۰-۹][0-9٠-٩۰-۹.,،٬٫ ]{0,14}[kKmM]?")
_TIME = re.compile(
    r"(?:الساعة\s*:?\s*)?[0-9٠-٩]{1,2}:[0-9٠-٩]{2}(?::[0-9٠-٩]{2})?"
    r"(?:\s*(?:ص|م|صباحا|صباحاً|مساء|مساءً|ظهراً|[AaPp]\.?[Mm]\.?))?(?:\s*\(?(?:GMT|UTC)[+0-9:\-]*\)?)?"
)
_ORDER: tuple[Label, ...] = (
    "related", "section", "comment", "footer", "tags", "ui", "source", "caption", "dateline", "author", "address",
    "menu",
)  # fmt: skip


AUTHOR_NAME_WORDS = 5


def _keys(phrases: list[str]) -> frozenset[str]:
    return frozenset(" ".join(_WORD.findall(folded(phrase))) for phrase in phrases)


class Phrases(NamedTuple):
    """The phrases of one label, folded; `longest` is the word count of the longest one."""

    max_words: int
    whole: frozenset[str]
    start: frozenset[str]
    inside: frozenset[str]
    end: frozenset[str]
    longest: int

    @classmethod
    def of(cls, section: dict[str, list[str]], max_words: int) -> "Phrases":
        whole, start, inside, end = (_keys(section.get(place, [])) for place in ("whole", "start", "inside", "end"))
        longest = max(len(key.split()) for key in whole | start | inside | end)
        return cls(max_words, whole, start, inside, end, longest)


@lru_cache
def phrases(name: str) -> Phrases:
    section = _DATA[name]
    return Phrases.of(section, section["max_words"])


def opening(words: tuple[str, ...], name: str) -> int:
    """How many words at the beginning belong to the longest `start` phrase of a label; 0 when none does."""
    table = phrases(name)
    for count in range(min(table.longest, len(words)), 0, -1):
        if " ".join(words[:count]) in table.start:
            return count
    return 0


def _fits(piece: Piece, name: str) -> bool:
    table, words = phrases(name), piece.words
    if not words or len(words) > table.max_words:
        return False
    key = piece.key
    if key in table.whole or key in table.start or opening(words, name):
        return True
    ends = any(" ".join(words[-count:]) in table.end for count in range(1, min(table.longest, len(words)) + 1))
    return ends or any(f" {phrase} " in f" {key} " for phrase in table.inside)


def label(piece: Piece) -> Label | None:
    """What the piece says it is, or None. Dates are told apart elsewhere: see `dates.is_date_line`."""
    text = piece.text
    if _URL.fullmatch(text):
        return "url"
    if _TIME.fullmatch(text):
        return "time"
    if _NUMBER.fullmatch(text):
        return "number"
    views = view_label(piece)
    if views:
        return views
    for name in _ORDER:
        if _fits(piece, name) and _sure(piece, name):
            return name
    return "footer" if text.startswith(("©", "ⓒ")) else None


def _sure(piece: Piece, name: Label) -> bool:
    """Words that also open ordinary sentences count only in the form of a label."""
    if name == "author":
        name_words = len(piece.words) - opening(piece.words, "author")
        labelled = re.match(r"[^:：]{1,25}[:：]", piece.text) or piece.words[0] in ("بقلم", "اعداد", "by")
        return bool(labelled) and 0 < name_words <= AUTHOR_NAME_WORDS and not piece.has_end_mark
    if name in ("source", "tags", "footer"):
        return not piece.is_prose or ":" in piece.text[:25] or name == "footer"
    if name == "caption":
        return not piece.is_prose and (":" in piece.text[:20] or not piece.has_end_mark)
    if name == "dateline":
        return bool(re.search(r"[-–—/:()]", piece.text)) and not piece.has_end_mark
    if name == "related":
        return not piece.is_prose or ":" in piece.text[:30]
    return True


_UNITS = _keys(_DATA["views"]["units"])
# Nine digits fit a Postgres integer.
_DIGITS = re.compile(r"(?<!\d)(\d{1,3}(?:[.,٬٫]\d{3}){1,2}|\d{1,9})(?:[.٫](\d))?\s*([kKmM])?(?!\d)")


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


def markup_label(tokens: set[str]) -> str | None:
    """What the class and id of an element say it holds, or None."""
    for name, known in _DATA["markup"].items():
        if not tokens.isdisjoint(known):
            return str(name)
    return None
