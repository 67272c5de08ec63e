"""What a page says, as rows of the tables: the one place where validated fields become rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from app.arabic.names import actor_kind, aliases_of, canonical_name, name_key
from app.arabic.parties import party_of
from app.arabic.places import lineage
from app.arabic.romanise import romanised
from app.arabic.shingles import Signature, signature
from app.corpus import ids
from app.corpus.fields import Page, PlaceMention, SpeakerFields, SpeakerKind, SpeakerMention, Statement

Row = dict[str, Any]


class Record(msgspec.Struct, frozen=True):
    """All rows that one page asks for. `article` lacks what only the corpus knows: revision, times of change."""

    article: Row
    statements: list[Row]
    speakers: list[SpeakerFields]
    mentions: list[Row]
    signature: Signature

    def __post_init__(self) -> None:
        """A day that came out of a reading process came as a text."""
        for row in self.statements:
            if isinstance(day := row["said_on_date"], str):
                row["said_on_date"] = date.fromisoformat(day)

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self.article["id"])

    @property
    def content_hash(self) -> str:
        """What two articles of the same words share."""
        return str(self.article["content_hash"])

    def of_source(self, source: str) -> "Record":
        """The same rows for an article of this outlet."""
        return msgspec.structs.replace(
            self,
            article={**self.article, "source_id": source},
            statements=[{**row, "source_id": source} for row in self.statements],
        )

    def of_speakers(self, merged: Mapping[str, str]) -> "Record":
        """The same rows with those speakers whom others were merged into, in the place of these."""
        if merged.keys().isdisjoint(one.id for one in self.speakers):
            return self

        def told(row: Row, *columns: str) -> Row:
            return row | {name: merged.get(row[name], row[name]) for name in columns}

        mentions = [told(row, "speaker_id") for row in self.mentions]
        return msgspec.structs.replace(
            self,
            statements=[told(row, "speaker_id", "utterer_id") for row in self.statements],
            speakers=[
                msgspec.structs.replace(one, party_id=merged.get(one.party_id or "", one.party_id))
                for one in self.speakers
            ],
            mentions=list(
                {(row["start"], row["end"], row["speaker_id"], row["place_id"]): row for row in mentions}.values()
            ),
        )


def record(
    page: Page,
    statements: Sequence[Statement],
    places: Sequence[PlaceMention],
    *,
    words_of: Callable[[str], Sequence[bytes]],
    canonical_url: str | None,
    capture_id: str,
    reader_version: str,
    extractor_version: str,
) -> Record:
    """The rows of one page. `words_of` gives the folded words of a text, in UTF-8."""
    body = page.body
    words = words_of(body)
    content = ids.content_hash(words)
    article_id = ids.article_id(canonical_url, content)
    article = {
        "id": article_id,
        "source_id": page.site,
        "capture_id": capture_id,
        "url": page.url,
        "canonical_url": canonical_url,
        "title": page.title,
        "author": page.author,
        "published_at": page.published.at,
        "published_precision": page.published.precision,
        "published_evidence": list(page.published.evidence),
        "time_printed": page.time_printed,
        "views": page.views,
        "caption": page.caption,
        "text": page.text,
        "body": body,
        "zones": msgspec.to_builtins(page.zones),
        "language": page.language,
        "word_count": len(words),
        "places": _with_all_around(one.place for one in places),
        "content_hash": content,
        "reader_version": reader_version,
        "extractor_version": extractor_version,
    }
    return Record(
        article=article,
        statements=_statement_rows(article, statements, places, words_of),
        speakers=merged(with_parties(speaker_fields(mention) for mention in _named(statements))),
        mentions=_mention_rows(article_id, _named(statements), places),
        signature=signature(words),
    )


def speaker_fields(mention: SpeakerMention) -> SpeakerFields:
    """The speaker behind a named mention: one for all spellings of a name and all known names of an actor."""
    return _speaker_met(mention.name or "", mention.kind)


@lru_cache(maxsize=20_000)
def _speaker_met(written: str, kind: SpeakerKind | None) -> SpeakerFields:
    return speaker_named(written, kind)


def speaker_named(written: str, kind: SpeakerKind | None = None, aliases: Iterable[str] = ()) -> SpeakerFields:
    """The speaker of a name, with what the lists know of it; `aliases` are further names met."""
    written = " ".join(written.split())
    name = canonical_name(written) or written
    key = name_key(name)
    others = dict.fromkeys([*aliases_of(name), written, *aliases])
    others.pop(name, None)
    listed: SpeakerKind = "organisation" if actor_kind(name_key(name)) == "organisation" else "person"
    latin = romanised(name) if (kind or listed) in ("person", "organisation") else []
    party = party_of(name)
    party_id = ids.speaker_id(name_key(party)) if party else None
    return SpeakerFields(ids.speaker_id(key), name, key, kind or listed, list(others), latin, party_id)


def with_parties(speakers: Iterable[SpeakerFields]) -> Iterator[SpeakerFields]:
    """The speakers, and the organisations that they belong to: these are speakers too."""
    for one in speakers:
        yield one
        if one.party_id and one.party_id != one.id and (party := party_of(one.name)):
            yield speaker_named(party)


def merged(speakers: Iterable[SpeakerFields]) -> list[SpeakerFields]:
    """Each speaker once, with all aliases met; the first name and kind stand. Sorted by id."""
    known: dict[str, SpeakerFields] = {}
    for one in speakers:
        before = known.setdefault(one.id, one)
        if before == one:
            continue
        spellings = dict.fromkeys([*before.aliases, one.name, *one.aliases])
        spellings.pop(before.name, None)
        known[one.id] = msgspec.structs.replace(before, aliases=list(spellings))
    return [known[id] for id in sorted(known)]


def _named(statements: Iterable[Statement]) -> Iterator[SpeakerMention]:
    for one in statements:
        for mention in (one.speaker, one.utterer):
            if mention is not None and mention.name:
                yield mention


def _speaker_id(mention: SpeakerMention | None) -> str | None:
    return speaker_fields(mention).id if mention is not None and mention.name else None


def _with_all_around(pcodes: Iterable[str]) -> list[str]:
    """These places and all that they lie in, each once, sorted."""
    return sorted({code for pcode in pcodes for code in lineage(pcode)})


def _mention_rows(
    article_id: str, mentions: Iterable[SpeakerMention], places: Iterable[PlaceMention] = ()
) -> list[Row]:
    """Where speakers and places stand in the text, each stretch and what it names once."""
    speakers = {
        (mention.start, mention.end, _speaker_id(mention)): mention.text
        for mention in mentions
        if mention.start is not None
    }
    return [
        _mention_row(article_id, start, end, text, speaker_id=speaker)
        for (start, end, speaker), text in sorted(speakers.items())
    ] + [_mention_row(article_id, one.start, one.end, one.text, place_id=one.place) for one in places]


def _mention_row(
    article_id: str,
    start: int,
    end: int | None,
    text: str | None,
    *,
    speaker_id: str | None = None,
    place_id: str | None = None,
) -> Row:
    return {
        "article_id": article_id,
        "start": start,
        "end": end,
        "speaker_id": speaker_id,
        "place_id": place_id,
        "text": text,
    }


def _statement_rows(
    article: Row,
    statements: Sequence[Statement],
    places: Sequence[PlaceMention],
    words_of: Callable[[str], Sequence[bytes]],
) -> list[Row]:
    own = ids.statement_ids(article["id"], statements)
    return [
        {
            **_statement_row(article, one, own, ordinal),
            "content_hash": ids.content_hash(words_of(one.content.text)),
            "places": _with_all_around(_said_of(one, places)),
        }
        for ordinal, one in enumerate(statements)
    ]


def _said_of(one: Statement, places: Iterable[PlaceMention]) -> Iterator[str]:
    """The places that are named in what was said."""
    content = one.content
    return (place.place for place in places if content.start <= place.start and place.end <= content.end)


def _statement_row(article: Row, one: Statement, own: Sequence[str], ordinal: int) -> Row:
    return {
        "id": own[ordinal],
        "article_id": article["id"],
        "source_id": article["source_id"],
        "published_at": article["published_at"],
        "ordinal": ordinal,
        "zone": one.zone,
        "kind": one.kind,
        **_stretch("content", one.content),
        "segments": msgspec.to_builtins(one.segments),
        **_stretch("cue", one.cue),
        "cue_lemma": one.cue and one.cue.lemma,
        "stance": one.cue and one.cue.stance,
        "polarity": one.polarity,
        "speaker_id": _speaker_id(one.speaker),
        "speaker_text": one.speaker and one.speaker.text,
        "speaker_start": one.speaker and one.speaker.start,
        "speaker_end": one.speaker and one.speaker.end,
        "speaker_resolution": one.speaker and one.speaker.resolution,
        "speaker_reason": one.speaker and one.speaker.reason,
        "utterer_id": _speaker_id(one.utterer),
        **_stretch("role", one.role),
        "affiliation": one.affiliation,
        **_stretch("addressee", one.addressee),
        "channel_kind": one.channel and one.channel.kind,
        "channel_name": one.channel and one.channel.name,
        "channel_start": one.channel and one.channel.start,
        "channel_end": one.channel and one.channel.end,
        **_stretch("said_on", one.said_on),
        "said_on_date": one.said_on_date,
        "duplicate_of": None if one.duplicate_of is None else own[one.duplicate_of],
        "nested_in": None if one.nested_in is None else own[one.nested_in],
        "confidence": one.confidence,
        "rule": one.rule,
        "reasons": list(one.reasons),
        "extractor_version": article["extractor_version"],
    }


def _stretch(name: str, span: Any) -> Row:
    """The three columns of a stretch of text: the words, where they start, where they end."""
    if span is None:
        return _NO_STRETCH[name]
    return {name: span.text, f"{name}_start": span.start, f"{name}_end": span.end}


_NO_STRETCH = {
    name: dict.fromkeys((name, f"{name}_start", f"{name}_end")) for name in ("cue", "role", "addressee", "said_on")
}
