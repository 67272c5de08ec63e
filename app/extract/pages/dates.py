"""Dates: what a text prints as a date, in three systems of month names, Eastern or Western digits."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from hijridate import Hijri

from app.arabic.fold import fold, folded
from app.arabic.runs import Runs
from app.corpus.fields import DatePrecision

_DATA = tomllib.loads((Path(__file__).parent / "data/dates.toml").read_text("utf-8"))
_MONTHS = {folded(name): number for number, names in enumerate(_DATA["months"], 1) for name in names}
_CLOCKS = {folded(name): zone for name, zone in _DATA["clocks"].items()}
_HIJRI_MONTHS = {folded(name): number for number, names in enumerate(_DATA["hijri_months"], 1) for name in names}
_HALVES = {folded(name): hours for name, hours in _DATA["halves"].items()}
_AGO = {folded(name): seconds for name, seconds in _DATA["ago"].items()}
_BESIDE = frozenset(
    word for name in (*_DATA["beside"], *_DATA["weekdays"], *_DATA["clocks"]) for word in folded(name).split()
)
_PUBLISHED = frozenset(map(folded, _DATA["published_words"]))
_OPENINGS = tuple(f"{folded(words)} " for words in _DATA["published_openings"])
_SENTENCE_END = re.compile(r"[.؟?!…]\s*$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# How exact "three units ago" is, for units of at most so many seconds.
_RELATIVE_PRECISION: tuple[tuple[float, DatePrecision], ...] = (
    (120, "minute"), (172800, "day"), (2592000, "month"), (float("inf"), "year"),
)  # fmt: skip
MAX_DATE_LINE = 200
MAX_DATE_LINE_WORDS = 16
# Words of a name, of a person or an outlet, that may stand before or after the date of publication.
MAX_NAME_WORDS = 6
_DIGIT = re.compile(r"\d")
_LETTERS = Runs(r"[^\W\d_]")
# A date by name is no longer than this on either side of where the month's name begins.
_REACH = 80
_FIRST_OF_MONTHS = frozenset(_LETTERS.of(name)[0] for name in _MONTHS)


def _any(names: list[str]) -> str:
    return "|".join(sorted({re.escape(folded(name)) for name in names}, key=len, reverse=True))


_MONTH = rf"(?<![^\W\d_])(?:{_any([name for names in _DATA['months'] for name in names])})(?![^\W\d_])"
# "20 كانون الأول / ديسمبر", "تموز (يوليو)": the second name only confirms the first.
_PAIR = rf"(?P<month>{_MONTH})\.?(?:(?:\s{{0,2}}[/(\-–،]\s{{0,2}}|\s)(?P<again>{_MONTH})\s?\)?)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_GLUE = r"[\s/\-–،,.]{0,3}"
_NAMED = re.compile(
    rf"(?<![\d:])(?:ال ?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,2}}(?:من\s|في\s)?\s?(?:شهر\s)?{_GLUE}{_PAIR}"
    rf"(?:{_GLUE}(?:من\s)?(?:العام|عام|لعام|سنه)?\s?{_YEAR}|\s(?P<relative>{_any(_DATA['relative_years'])}))?"
)
_ENGLISH = re.compile(rf"{_PAIR}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}")
_MONTH_YEAR = re.compile(rf"(?<![\d/(])(?<![\d/(][\s/\-.]){_PAIR}{_GLUE}(?:من\s)?(?:العام|عام|لعام|سنه)?\s?{_YEAR}")
_YEAR_FIRST = re.compile(r"(?<![\d/.\-])(?P<year>\d{4})(?P<sep>[/.\-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(
    r"(?<![\d/.\-])(?P<first>\d{1,2})(?P<sep>[/.\-]| - | / )(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)"
)
# "14 09:30 2021 مارس": what stood from right to left, copied from left to right.
_MIXED = re.compile(rf"(?<![\d:])(?P<day>\d{{1,2}}) \d{{1,2}}:\d{{2}} {_YEAR} {_PAIR}")
_BY_NAME = {
    "day and month by name": _NAMED,
    "month by name, day, year": _ENGLISH,
    "month by name and year": _MONTH_YEAR,
}
_MIXED_UP = {"day, hour, year and month": _MIXED}
_IN_DIGITS = {"year-month-day": _YEAR_FIRST, "day-month-year": _YEAR_LAST}
_DIGITS_APART = re.compile(r"\d ?[/.\-] ?\d")
_HIJRI = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s(?P<month>{_any(list(_HIJRI_MONTHS))}),?\s(?P<year>1[34]\d\d)(?!\d)")
_TOLD_BY = r"(?:بال|ال|ب)?توقيت"
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?(?![\d:])\s{0,2}"
    rf"(?P<half>(?:{_any(list(_DATA['halves']))})(?![^\W\d_]))?\.?"
    # After a blank, one number behind a hyphen is a day: "12:30 -3 November".
    r"\s{0,2}\(?(?P<zone>z(?![^\W_])|[+\-]\d{2}:?\d{2}(?!\d)|\+\d{1,2}(?!\d)|(?<=:\d\d:\d\d)\-\d{2}(?!\d)"
    rf"|(?:{_TOLD_BY}\s?)?(?:{_any(_DATA['universal'])})\s?[+\-]\d{{1,2}}(?::?\d{{2}})?(?!\d)"
    rf"|(?:{_TOLD_BY})?\s?[^\W\d_]+)?"
)
_RELATIVE = re.compile(rf"(?:منذ|قبل)\s(?P<count>\d{{1,3}}\s)?(?P<unit>{_any(list(_DATA['ago']))})(?![^\W\d_])")


class PrintedDate(msgspec.Struct, frozen=True):
    """One date as printed: `start`, `end` are code points of the text it was read from, `year` is None where the
    page does not print it. `time` is as printed; `zone` is the clock it is told by, None where none is named.
    """

    start: int
    end: int
    text: str
    rule: str
    year: int | None
    month: int
    day: int | None
    time: tuple[int, int, int | None] | None = None
    zone: tzinfo | None = None

    @property
    def is_complete(self) -> bool:
        return self.year is not None

    def moment(self) -> tuple[datetime, DatePrecision]:
        """The moment in UTC and how exact it is. An hour without a zone is no moment: the day is what is known."""
        assert self.year is not None
        if self.day is None:
            return datetime(self.year, self.month, 1, tzinfo=UTC), "month"
        if self.time is None or self.zone is None:
            return datetime(self.year, self.month, self.day, tzinfo=UTC), "day"
        hour, minute, second = self.time
        local = datetime(self.year, self.month, self.day, hour, minute, second or 0, tzinfo=self.zone)
        if local.utcoffset() != local.replace(fold=1).utcoffset():  # the hour that a clock set back shows twice
            return datetime(self.year, self.month, self.day, tzinfo=UTC), "day"
        return local.astimezone(UTC), "minute" if second is None else "second"


def find_dates(text: str) -> Iterator[PrintedDate]:
    """Every date in `text`, in order of the text, complete or not, without its time of day."""
    letters = fold(text)
    taken = 0
    found = sorted(_matches(letters.text), key=lambda pair: (pair[1].start(), -pair[1].end()))
    for rule, match in found:
        if match.start() < taken:
            continue
        parts = _parts(rule, match)
        if parts is None:
            continue
        taken = match.end()
        start, end = letters.span(match.start(), match.end())
        yield PrintedDate(start, end, text[start:end], rule, *parts)


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    # Most paragraphs have no digit, and most that have one neither a month nor digits with a sign between.
    if not _DIGIT.search(text):
        return
    if months := _FIRST_OF_MONTHS.intersection(_LETTERS.of(text)):
        first, last = min(map(text.find, months)), max(map(text.rfind, months))
        yield from _found(_BY_NAME, text, max(0, first - _REACH), last + _REACH)
        if ":" in text and len(text) <= MAX_DATE_LINE:
            yield from _found(_MIXED_UP, text, 0, len(text))
    if _DIGITS_APART.search(text):
        yield from _found(_IN_DIGITS, text, 0, len(text))


def _found(
    rules: Mapping[str, re.Pattern[str]], text: str, start: int, end: int
) -> Iterator[tuple[str, re.Match[str]]]:
    for rule, pattern in rules.items():
        for match in pattern.finditer(text, start, end):
            yield rule, match


def _parts(rule: str, match: re.Match[str]) -> tuple[int | None, int, int | None] | None:
    """Year, month and day of a match, or None when there is no such day or two month names disagree."""
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    month: int
    day: int | None
    if rule == "day-month-year":
        day, month = int(groups["first"]), int(groups["second"])
        if month > 12 >= day:  # only possible as month-day-year
            day, month = month, day
    else:
        month = _month(match["month"])
        day = int(match["day"]) if groups.get("day") else None
        if groups.get("again") and _MONTHS[groups["again"]] != month:
            return None
    return (year, month, day) if _exists(year, month, day) else None


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS[name]


def _exists(year: int | None, month: int, day: int | None) -> bool:
    try:
        date(2000 if year is None else year, month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def with_time(printed: PrintedDate, text: str) -> PrintedDate:
    """`printed` with the time of day and zone that stand on the same line, if they make sense."""
    found = find_time(text)
    if found is None:
        return printed
    time, zone = found
    return msgspec.structs.replace(printed, time=time, zone=zone)


def find_time(text: str) -> tuple[tuple[int, int, int | None], tzinfo | None] | None:
    """Hour, minute, second and the clock of the first time of day in `text`."""
    match = _TIME.search(re.sub(r"(?<=\d)t(?=\d)", " ", folded(text)))  # ISO's T between day and hour
    if not match:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    second = int(match["second"]) if match["second"] else None
    for first, last, added in _HALVES.get(match["half"], ()):
        if first <= hour <= last:
            hour += added
            break
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    return (hour, minute, second), _zone(match["zone"])


def printed_time(text: str) -> str | None:
    """The first time of day in `text` as printed, with its half of the day and without its zone."""
    letters = fold(text)
    match = _TIME.search(letters.text)
    if not match:
        return None
    start, end = letters.span(match.start(), match.end("half") if match["half"] else match.end("minute"))
    return text[start:end]


def _zone(zone: str | None) -> tzinfo | None:
    """A clock by its distance from UTC or, after "in the time of", by its place; a place alone is only a place."""
    if not zone:
        return None
    if zone == "z":
        return UTC
    signed = re.search(r"([+\-])(\d{1,2}):?(\d{2})?$", zone)
    if signed:
        minutes = int(signed[2]) * 60 + int(signed[3] or 0)
        east = timedelta(minutes=minutes if signed[1] == "+" else -minutes)
        return timezone(east) if minutes <= 14 * 60 else None
    known = _CLOCKS.get(zone.split()[-1]) if zone.split() else None
    return ZoneInfo(known) if known and (known == "UTC" or "توقيت" in zone) else None


def is_date_line(text: str) -> bool:
    """Whether a piece holds a date and little else: weekday, hour, "published on", the name of who published."""
    if len(text) > MAX_DATE_LINE or not (_DIGIT.search(text) or "منذ" in text or "قبل" in text):
        return False
    rest, last, parts = "", 0, list[str]()
    for printed in find_dates(text):
        parts.append(text[last : printed.start])
        rest, last = rest + text[last : printed.start] + " ", printed.end
    rest, hijri = _HIJRI.subn(" ", folded(rest + text[last:]))
    rest, relative = _RELATIVE.subn(" ", rest)
    words = _words(rest)
    if not (last or hijri or relative) or len(words) > MAX_DATE_LINE_WORDS:
        return False
    return all(map(_is_beside, words)) or (bool(last) and _is_signed(text, [*parts, text[last:]]))


def _words(letters: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", letters)


def _is_beside(word: str) -> bool:
    return word in _BESIDE or word.removeprefix("ال") in _BESIDE


def _is_signed(line: str, parts: Sequence[str]) -> bool:
    """Whether a name stands on one side of the date and the line tells an hour or that this is the publication.

    `parts` are what stands before, between and after the dates.
    """
    words = [_words(folded(part)) for part in parts]
    if _SENTENCE_END.search(line) or not (_tells_publication(words) or find_time(line)):
        return False
    strange = [sum(not _is_beside(word) for word in part) for part in words]
    return sum(map(bool, strange)) == 1 and max(strange[0], strange[-1]) == sum(strange) <= MAX_NAME_WORDS


def _tells_publication(parts: Sequence[Sequence[str]]) -> bool:
    """Whether "published" stands between the name and the date, not as the verb of a headline, or opens the line."""
    first, *others = parts
    near = [word for part in (first[::-1], *others) for word in takewhile(_is_beside, part)]
    return not _PUBLISHED.isdisjoint(near) or " ".join(first).startswith(_OPENINGS)


@lru_cache
def _labels(name: str) -> tuple[str, ...]:
    return tuple(folded(label) for label in _DATA[name])


def update_label(text: str) -> int | None:
    """Where in the folded text the words "last update" or the like begin; None when they are not there."""
    places = [folded(text).find(label) for label in _labels("updated_labels")]
    return min((place for place in places if place >= 0), default=None)


def hijri_date(text: str) -> tuple[str, date | None] | None:
    """The first Hijri date in `text`, folded, and its day in the calendar of Umm al-Qura, None beyond its tables.

    Elsewhere the month may have begun a day or two sooner or later, by sighting.
    """
    match = _HIJRI.search(folded(text))
    if not match:
        return None
    try:
        day = Hijri(int(match["year"]), _HIJRI_MONTHS[match["month"]], int(match["day"])).to_gregorian()
    except (ValueError, OverflowError):
        return match[0], None
    return match[0], date(day.year, day.month, day.day)


def relative_age(text: str) -> tuple[str, timedelta, DatePrecision] | None:
    """What `منذ 3 ساعات` says: the words, how long ago, and how exact that is."""
    match = _RELATIVE.search(folded(text))
    if not match:
        return None
    seconds = _AGO[match["unit"]]
    ago = timedelta(seconds=seconds * int(match["count"] or 1))
    return match[0], ago, next(precision for longest, precision in _RELATIVE_PRECISION if seconds <= longest)
