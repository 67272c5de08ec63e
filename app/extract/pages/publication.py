"""Publication: when a page says it was published, with everything on it that speaks of a date."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from app.arabic.fold import folded
from app.corpus.fields import DatePrecision, PublishedAt, Zone
from app.extract.pages import dates
from app.extract.pages.addresses import date_in_url
from app.extract.pages.given import Given
from app.extract.pages.metadata import Metadata

MAX_EVIDENCE = 12
MAX_MENTIONS = 5
# Two readings of one moment may differ by the zone of the server; more is a contradiction.
SAME_DAY = timedelta(hours=36)
# Hijri months begin by sighting, from place to place a day or two apart.
SIGHTING = timedelta(days=2)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?=T|$)")  # ISO 8601 without its hyphens
_EXACTNESS: tuple[DatePrecision, ...] = ("unknown", "year", "month", "day", "minute", "second")


class Dated(msgspec.Struct, frozen=True):
    """One place of a page that gives a date of publication; `where` and `text` tell a person what was read."""

    at: datetime
    precision: DatePrecision
    where: str
    text: str

    def __str__(self) -> str:
        return f'{self.where}: "{self.text}" → {_written(self.at, self.precision)}'


def _written(at: datetime, precision: DatePrecision) -> str:
    length = {"year": 4, "month": 7, "day": 10}.get(precision)
    return at.isoformat()[:length] if length else at.isoformat().replace("+00:00", "Z")


def decide(found: Sequence[Dated], notes: Sequence[str]) -> PublishedAt:
    """The first of `found`, made exact by those that agree with it; those that do not are recorded.

    `found` is in the order of trust.
    """
    evidence = [str(each) for each in found]
    if not found:
        return PublishedAt(evidence=[*notes][:MAX_EVIDENCE])
    first = found[0]
    agreeing = [each for each in found if _agree(first, each)]
    best = max((each for each in agreeing if _within(first, each)), key=lambda each: _EXACTNESS.index(each.precision))
    contradictions = [
        f"contradiction: {each.where} says {_written(each.at, each.precision)}, {first.where} is taken"
        for each in found
        if not _agree(first, each)
    ]
    return PublishedAt(best.at, best.precision, [*evidence, *contradictions, *notes][:MAX_EVIDENCE])


def _within(first: Dated, finer: Dated) -> bool:
    """Whether one date only makes the other more exact: a day by any hour of it, a minute by its seconds."""
    return first.precision not in ("minute", "second") or abs(first.at - finer.at) < timedelta(minutes=1)


def _agree(one: Dated, other: Dated) -> bool:
    if "year" in (one.precision, other.precision):
        return one.at.year == other.at.year
    if "month" in (one.precision, other.precision):
        return (one.at.year, one.at.month) == (other.at.year, other.at.month)
    return abs(one.at - other.at) <= SAME_DAY


def read_line(line: str, where: str, fetched_at: datetime | None) -> tuple[list[Dated], list[str]]:
    """What a date line says: dates of publication, and notes on what is none.

    A line that begins with "last update" dates the update; in "28 August, last update 14:00" the day is that of
    the article and only the hour the update's.
    """
    update = dates.update_label(line)
    printed = [date for date in dates.find_dates(line) if date.is_complete]
    if not printed:
        return _read_relative(line, where, fetched_at)
    first = printed[0]
    found, notes = [], []
    before_update = update is None or len(folded(line[: first.start])) <= update
    if before_update:
        clock = line[first.end :] if update is None else folded(line)[:update]
        timed = dates.with_time(first, clock if dates.find_time(clock) else line if update is None else "")
        found.append(Dated(*timed.moment(), where, line))
        if timed.time and timed.moment()[1] == "day":
            notes.append(f"{where} gives an hour without a zone, or one shown twice: only the day is taken")
    notes += _against_hijri(line, first)
    if update is not None:
        notes.append(f'an update, not the publication: "{line}"')
    if first.rule == "day-month-year" and (first.day or 13) <= 12 and first.month <= 12 and first.day != first.month:
        notes.append(f'"{first.text}" is read as day/month/year')
    return found, notes


def _against_hijri(line: str, printed: dates.PrintedDate) -> list[str]:
    """A note where the Hijri date beside a Gregorian one names another day."""
    hijri = dates.hijri_date(line)
    if hijri is None or hijri[1] is None or printed.day is None or printed.year is None:
        return []
    apart = abs(hijri[1] - date(printed.year, printed.month, printed.day))
    return [f'contradiction: Hijri "{hijri[0]}" is about {hijri[1]}'] if apart > SIGHTING else []


def _read_relative(line: str, where: str, fetched_at: datetime | None) -> tuple[list[Dated], list[str]]:
    hijri = dates.hijri_date(line)
    if hijri:
        words, day = hijri
        about = f", about {day} by Umm al-Qura, a day or two more or less by sighting" if day else ""
        return [], [f'Hijri date, not taken: "{words}"{about}']
    age = dates.relative_age(line)
    if age is None:
        return [], []
    words, ago, precision = age
    update = dates.update_label(line)
    if update is not None and update < folded(line).find(words):
        return [], [f'an update, not the publication: "{line}"']
    if fetched_at is None or fetched_at.tzinfo is None:
        return [], [f'relative to a day of fetching that is not known: "{words}"']
    try:
        moment = (fetched_at - ago).replace(second=0, microsecond=0)
    except OverflowError:
        return [], []
    return [Dated(moment.astimezone(UTC), precision, f"{where}, counted from the day of fetching", words)], []


def of_dump(text: str, zones: Sequence[Zone], url: str | None, given: Given) -> PublishedAt:
    """The date given, the date lines beside the article, then the URL; all else that a text prints is evidence only."""
    outside, unsaid = _given_date(given)
    found, notes = _date_lines(text, zones, given.fetched_at)
    return decide([*outside, *found, *_url_date(url)], [*unsaid, *notes, *_mentions(text, zones)])


def _given_date(given: Given) -> tuple[list[Dated], list[str]]:
    if given.published_at is None:
        return [], []
    where = "the date given"
    stamp = _stamp(where, given.published_at)
    if stamp is None:
        found, notes = read_line(given.published_at, where, given.fetched_at)
        return found, notes or [f'{where} is none that can be read: "{given.published_at}"']
    clock = dates.find_time(given.published_at) if stamp.precision == "day" else None
    return [stamp], [f"{where} has an hour without a zone: only the day is taken"] if clock else []


def of_webpage(
    text: str,
    zones: Sequence[Zone],
    metadata: Metadata,
    stamps: Sequence[str],
    url: str | None,
    given: Given,
) -> PublishedAt:
    """The date given, the metadata, `stamps` (the article's own `<time datetime>`), what is printed, the URL."""
    found, unsaid = _given_date(given)
    found += [dated for where, value in metadata.published if (dated := _stamp(where, value))]
    found += [dated for value in stamps if (dated := _stamp("the element <time>", value))]
    printed, notes = _date_lines(text, zones, given.fetched_at)
    notes[:0] = unsaid
    notes += [f'an update, not the publication: {where} "{value}"' for where, value in metadata.modified]
    return decide([*found, *printed, *_url_date(url)], [*notes, *_mentions(text, zones)])


def _stamp(where: str, value: str) -> Dated | None:
    """A date in a machine's form: ISO 8601, RFC 2822, or as people write it; None when it is no date."""
    value = _COMPACT.sub(r"\1-\2-\3", value)
    printed = next((date for date in dates.find_dates(value) if date.is_complete), None)
    if printed is None:
        return None
    return Dated(*dates.with_time(printed, value[printed.end :]).moment(), where, value)


def _date_lines(text: str, zones: Sequence[Zone], fetched_at: datetime | None) -> tuple[list[Dated], list[str]]:
    found: list[Dated] = []
    notes: list[str] = []
    for zone in zones:
        if zone.kind == "date":
            dated, said = read_line(text[zone.start : zone.end], "the date line", fetched_at)
            found += dated
            notes += said
    return found, notes


def _url_date(url: str | None) -> list[Dated]:
    """The date in a URL's path, if it has one."""
    found = date_in_url(url) if url else None
    if found is None:
        return []
    text, year, month, day = found
    precision: DatePrecision = "day" if day else "month"
    return [Dated(datetime(year, month, day or 1, tzinfo=UTC), precision, "the path of the URL", text.strip("/"))]


def _mentions(text: str, zones: Sequence[Zone]) -> list[str]:
    """Dates and hours that the page prints but that do not say when it was published."""
    notes = [f'an hour without a date: "{text[z.start : z.end]}"' for z in zones if z.kind == "time"]
    for zone in zones:
        if zone.kind != "body":
            continue
        for printed in dates.find_dates(text[zone.start : zone.end]):
            start, end = zone.start + printed.start, zone.start + printed.end
            what = "a date in the body" if printed.is_complete else "a date in the body, without a year"
            notes.append(f'{what}: "{printed.text}" ({start}–{end})')
            if len(notes) >= MAX_MENTIONS:
                return notes
    return notes
