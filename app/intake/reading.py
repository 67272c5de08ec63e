"""Reading one page, from its bytes to the fields of the corpus: all of ingestion's heavy work, and pure."""

import msgspec

from app.arabic.words import forms
from app.corpus.fields import Page, PlaceMention, Statement
from app.extract.pages import PageRejected, read_page
from app.extract.places import find_places
from app.extract.statements import extract_statements
from app.intake.feeds import is_feed, read_feed
from app.intake.raw_page import RawPage, Refused


class Reading(msgspec.Struct, frozen=True, tag=True):
    """A page that was read: its fields, its statements, the places it names, the folded words of its body."""

    page: Page
    statements: list[Statement]
    places: list[PlaceMention]
    words: list[str]


def read(page: RawPage) -> Reading | Refused:
    """Read a page and find its statements and places."""
    try:
        fields = (
            read_feed(page)
            if is_feed(page.media_type)
            else read_page(
                page.raw,
                media_type=page.media_type,
                declared_charset=page.declared_charset,
                url=page.url,
                fetched_at=page.fetched_at,
            )
        )
    except PageRejected as rejection:
        return Refused(rejection.reason, rejection.detail)
    return Reading(
        page=fields,
        statements=extract_statements(fields.text, fields.zones),
        places=find_places(fields.text, fields.zones),
        words=forms(fields.body, "folded"),
    )
