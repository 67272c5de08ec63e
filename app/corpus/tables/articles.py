"""Who published what, as it came and as it was read, and what is said and named in it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Sequence,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from app.corpus.tables.columns import now, objects, preset, reference, texts, time, where_given

# One counter for every change of an article. Triggers draw from it at the end of a transaction, in the order of
# commits, so that "what is new since" never skips a change.
revision_sequence = Sequence("revision_seq", metadata=SQLModel.metadata)


def _places() -> Any:
    """P-codes of the places named, with all that they lie in; see `app.arabic.places`."""
    return Column(ARRAY(Text), nullable=False, server_default="{}")


def _other_statement() -> Any:
    """A statement of the same article; checked at the end of the transaction, for the two may come in any order."""
    key = ForeignKey("statement.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return Column(Text, key, nullable=True)


class Source(SQLModel, table=True):
    """An outlet: who published. The id is its host name without `www.`, or a slug given at ingestion."""

    id: str = Field(primary_key=True)
    domain: str | None = Field(default=None, unique=True)
    name_ar: str | None = None
    name_en: str | None = None
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    kind: str | None = Field(default=None, description="newspaper, agency, broadcaster, site …")
    created_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))


class Capture(SQLModel, table=True):
    """The bytes of one page as they came, zstd-compressed. Never changed: everything can be read again from it."""

    id: str = Field(primary_key=True, description="SHA-256 of the uncompressed bytes, hexadecimal")
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    content_length: int = Field(description="bytes before compression")
    media_type: str | None = None
    declared_charset: str | None = None
    detected_charset: str | None = None
    url: str | None = None
    fetched_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
    received_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    import_id: str | None = Field(default=None, sa_column=reference("import.id", nullable=True, index=False))


class Article(SQLModel, table=True):
    """One article, whole. `text` is what all offsets point into; `body` is its paragraphs, joined for reading."""

    __table_args__ = (
        CheckConstraint("(published_at IS NULL) = (published_precision = 'unknown')", name="published_is_known"),
        # The list's order: newest first, unknown dates last, the id breaks ties.
        Index("ix_article_newest", text("published_at DESC NULLS LAST"), text("id DESC")),
        Index("ix_article_source_newest", "source_id", text("published_at DESC NULLS LAST"), text("id DESC")),
        Index("ix_article_arrival", text("created_at DESC"), text("id DESC")),
        Index("ix_article_revision", "revision"),
        Index("ix_article_places", "places", postgresql_using="gin"),
        Index("ix_article_group_newest", "near_duplicate_group", text("published_at DESC NULLS LAST"), text("id DESC")),
    )

    id: str = Field(primary_key=True, description="hash of the canonical URL, else of the content")
    source_id: str | None = Field(default=None, sa_column=reference("source.id", nullable=True, index=False))
    capture_id: str = Field(sa_column=reference("capture.id"))
    url: str | None = Field(default=None, description="as printed or given")
    canonical_url: str | None = Field(default=None, unique=True)
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
    published_precision: str = Field(default="unknown", sa_column_kwargs=preset("unknown"))
    published_evidence: list[str] = Field(default_factory=list, sa_column=texts())
    time_printed: str | None = None
    views: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    caption: str | None = None
    text: str = Field(sa_column=Column(Text, nullable=False))
    body: str = Field(sa_column=Column(Text, nullable=False))
    zones: list[dict[str, Any]] = Field(default_factory=list, sa_column=objects())
    language: str = Field(default="ar", sa_column_kwargs=preset("ar"))
    word_count: int = Field(description="words of the body")
    places: list[str] = Field(default_factory=list, sa_column=_places())
    content_hash: str = Field(index=True, description="SHA-256 of the folded body's words: same content, other URL")
    near_duplicate_group: str | None = Field(
        default=None,
        description="id of the article that founded its group (`app.corpus.similarity`); a trigger writes its own",
        nullable=False,
    )
    reader_version: str
    extractor_version: str
    created_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    updated_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    deleted_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
    revision: int | None = Field(
        default=None,
        sa_column=Column(BigInteger, revision_sequence, server_default=revision_sequence.next_value(), nullable=False),
    )
    created_revision: int | None = Field(
        default=None, description="its first revision", sa_column=Column(BigInteger, nullable=True)
    )


class ArticleSignature(SQLModel, table=True):
    """By what articles that say nearly the same find each other; see `app.arabic.shingles`. Deleted ones have none."""

    __tablename__ = "article_signature"
    __table_args__ = (
        # Looked into by the transaction that has just written: nothing may wait in a list to be sorted in later.
        Index("ix_article_signature_bands", "bands", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    )

    article_id: str = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE", sa_type=Text)
    shingles: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    bands: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))


class Statement(SQLModel, table=True):
    """Who said what, where. `source_id` and `published_at` repeat the article's, for filters without a join; that the
    source is there is seen to by the article.
    """

    __table_args__ = (
        CheckConstraint("content_start >= 0 AND content_end > content_start", name="content_span"),
        CheckConstraint("char_length(content) = content_end - content_start", name="content_length"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_share"),
        UniqueConstraint("article_id", "ordinal", deferrable=True, initially="DEFERRED"),
        Index("ix_statement_newest", text("published_at DESC NULLS LAST"), text("id DESC")),
        Index("ix_statement_arrival", text("created_at DESC"), text("id DESC")),
        # How much each speaker said, counted from the index alone.
        Index("ix_statement_speaker_once", "speaker_id", postgresql_where=text("duplicate_of IS NULL")),
        Index("ix_statement_speaker_newest", "speaker_id", text("published_at DESC NULLS LAST"), text("id DESC")),
        Index("ix_statement_places", "places", postgresql_using="gin"),
        *where_given("statement", "utterer_id", "duplicate_of", "nested_in", "copy_of"),
    )

    id: str = Field(primary_key=True, description="hash of article id, content and cue as written")
    article_id: str = Field(sa_column=reference("article.id", on_delete="CASCADE", index=False))
    source_id: str | None = Field(default=None, index=True, sa_type=Text)
    published_at: datetime | None = Field(default=None, sa_column=time(nullable=True))
    ordinal: int = Field(description="place in the article, from 0")
    zone: str = Field(description="body, title, pull_quote")
    kind: str = Field(description="direct, indirect, mixed")
    content: str = Field(sa_column=Column(Text, nullable=False))
    content_hash: str | None = Field(default=None, description="SHA-256 of the content's folded words")
    content_start: int
    content_end: int
    segments: list[dict[str, Any]] = Field(default_factory=list, sa_column=objects())
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    cue_lemma: str | None = None
    stance: str | None = Field(default=None, index=True)
    polarity: str = Field(default="affirmed", sa_column_kwargs=preset("affirmed"))
    speaker_id: str | None = Field(default=None, sa_column=reference("speaker.id", nullable=True, index=False))
    speaker_text: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_resolution: str | None = None
    speaker_reason: str | None = None
    utterer_id: str | None = Field(default=None, sa_column=reference("speaker.id", nullable=True, index=False))
    role: str | None = None
    role_start: int | None = None
    role_end: int | None = None
    affiliation: str | None = None
    addressee: str | None = None
    addressee_start: int | None = None
    addressee_end: int | None = None
    channel_kind: str | None = None
    channel_name: str | None = None
    channel_start: int | None = None
    channel_end: int | None = None
    said_on: str | None = Field(default=None, description="as printed")
    said_on_start: int | None = None
    said_on_end: int | None = None
    said_on_date: date | None = Field(default=None, description="that day, where the article's is known")
    places: list[str] = Field(default_factory=list, sa_column=_places())
    duplicate_of: str | None = Field(default=None, sa_column=_other_statement())
    nested_in: str | None = Field(default=None, sa_column=_other_statement())
    copy_of: str | None = Field(
        default=None,
        description="the statement of another article of the group that has the same words and came first",
        sa_column=reference("statement.id", nullable=True, on_delete="SET NULL", index=False, late=True),
    )
    confidence: float
    rule: str
    reasons: list[str] = Field(default_factory=list, sa_column=texts())
    extractor_version: str
    review_state: str = Field(default="unreviewed", sa_column_kwargs=preset("unreviewed"))
    created_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    updated_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))


class Mention(SQLModel, table=True):
    """A speaker or a place named in an article, at its place in the text."""

    __table_args__ = (
        CheckConstraint("num_nonnulls(speaker_id, place_id) = 1", name="of_one_thing"),
        UniqueConstraint("article_id", "start", "end", "speaker_id", "place_id", postgresql_nulls_not_distinct=True),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    article_id: str = Field(sa_column=reference("article.id", on_delete="CASCADE", index=False))
    speaker_id: str | None = Field(default=None, sa_column=reference("speaker.id", nullable=True))
    place_id: str | None = Field(default=None, sa_column=reference("place.pcode", nullable=True))
    start: int
    end: int
    text: str
