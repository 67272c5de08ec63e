"""The tables of the corpus. Rows are built from validated fields; nothing here validates by itself.

Times are UTC. Offsets are Unicode code points into `article.text`, end exclusive; triggers made by the
migrations refuse a statement or a mention whose stored words do not stand at its offsets.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# One counter for every change of an article. Triggers draw from it at the end of a transaction, in the order of
# commits, so that "what is new since" never skips a change.
revision_sequence = Sequence("revision_seq", metadata=SQLModel.metadata)


def _now() -> datetime:
    return datetime.now(UTC)


def _time(*, nullable: bool = False, default_now: bool = False) -> Any:
    """A `timestamptz` column; `default_now`: the server's clock where the row does not say."""
    return Column(DateTime(timezone=True), nullable=nullable, server_default=text("now()") if default_now else None)


def _default(value: str) -> Any:
    """What the server writes into a column that a row does not name."""
    return {"server_default": value}


def _objects() -> Any:
    return Column(JSONB, nullable=False, server_default="[]")


def _texts() -> Any:
    return Column(ARRAY(Text), nullable=False, server_default="{}")


def _reference(
    to: str, *, nullable: bool = False, on_delete: str | None = None, index: bool = True, late: bool = False
) -> Any:
    """A reference to another row; `late`: checked at the end of the transaction, for rows that come in any order."""
    when: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if late else {}
    return Column(Text, ForeignKey(to, ondelete=on_delete, **when), nullable=nullable, index=index)


def _places() -> Any:
    """P-codes of the places named, with all that they lie in; see `app.arabic.places`."""
    return Column(ARRAY(Text), nullable=False, server_default="{}")


def _other_statement() -> Any:
    """A statement of the same article; checked at the end of the transaction, for the two may come in any order."""
    key = ForeignKey("statement.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return Column(Text, key, nullable=True, index=True)


class Source(SQLModel, table=True):
    """An outlet: who published. The id is its host name without `www.`, or a slug given at ingestion."""

    id: str = Field(primary_key=True)
    domain: str | None = Field(default=None, unique=True)
    name_ar: str | None = None
    name_en: str | None = None
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    kind: str | None = Field(default=None, description="newspaper, agency, broadcaster, site …")
    created_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))


class Import(SQLModel, table=True):
    """One job of bringing pages in; its items hold the one counted verdict of every page."""

    __table_args__ = (
        Index(
            "uq_import_idempotency_key",
            text("coalesce(key_id, '')"),
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
        Index("ix_import_newest", text("started_at DESC"), text("id DESC")),
    )

    id: str = Field(primary_key=True)
    label: str
    state: str = Field(description="queued, running, succeeded, failed, cancelled")
    started_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    finished_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    queued: bool = Field(
        default=False, sa_column_kwargs=_default("false"), description="sent over HTTP, run by a worker"
    )
    source: str | None = Field(default=None, sa_type=Text, description="the outlet, where the sender names it")
    media_type: str | None = Field(default=None, sa_type=Text, description="of what was sent")
    fields: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}"))
    bytes: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    key_id: str | None = Field(default=None, sa_type=Text, description="the API key that sent it")
    idempotency_key: str | None = Field(default=None, sa_type=Text)
    sent_hash: str | None = Field(default=None, sa_type=Text, description="SHA-256 of what was sent and how")
    problem: str | None = Field(default=None, sa_type=Text, description="why it failed")
    cancel_requested_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))


class ImportPiece(SQLModel, table=True):
    """A part of what was sent for a queued import; gone when the import has ended."""

    __tablename__ = "import_piece"

    import_id: str = Field(primary_key=True, foreign_key="import.id", ondelete="CASCADE", sa_type=Text)
    ordinal: int = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Capture(SQLModel, table=True):
    """The bytes of one page as they came, zstd-compressed. Never changed: everything can be read again from it."""

    id: str = Field(primary_key=True, description="SHA-256 of the uncompressed bytes, hexadecimal")
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    content_length: int = Field(description="bytes before compression")
    media_type: str | None = None
    declared_charset: str | None = None
    detected_charset: str | None = None
    url: str | None = None
    fetched_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    received_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    import_id: str | None = Field(default=None, sa_column=_reference("import.id", nullable=True))


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
    source_id: str | None = Field(default=None, sa_column=_reference("source.id", nullable=True, index=False))
    capture_id: str = Field(sa_column=_reference("capture.id"))
    url: str | None = Field(default=None, description="as printed or given")
    canonical_url: str | None = Field(default=None, unique=True)
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    published_precision: str = Field(default="unknown", sa_column_kwargs=_default("unknown"))
    published_evidence: list[str] = Field(default_factory=list, sa_column=_texts())
    time_printed: str | None = None
    views: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    caption: str | None = None
    text: str = Field(sa_column=Column(Text, nullable=False))
    body: str = Field(sa_column=Column(Text, nullable=False))
    zones: list[dict[str, Any]] = Field(default_factory=list, sa_column=_objects())
    language: str = Field(default="ar", sa_column_kwargs=_default("ar"))
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
    created_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    updated_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    deleted_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
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


class Speaker(SQLModel, table=True):
    """Someone who speaks: a person, an organisation, a document, an anonymous source.

    `statement_count` counts every statement once, repetitions left out; triggers keep it.
    """

    __table_args__ = (Index("ix_speaker_most_statements", text("statement_count DESC"), "key"),)

    id: str = Field(primary_key=True, description="hash of the folded name")
    name: str
    key: str = Field(unique=True, description="the folded name; also the order of lists")
    kind: str
    aliases: list[str] = Field(default_factory=list, sa_column=_texts())
    romanised: list[str] = Field(default_factory=list, sa_column=_texts())
    party_id: str | None = Field(default=None, sa_column=_reference("speaker.id", nullable=True, late=True))
    merged_into: str | None = Field(default=None, sa_column=_reference("speaker.id", nullable=True))
    statement_count: int = Field(default=0, sa_column_kwargs=_default("0"))
    created_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))


class Place(SQLModel, table=True):
    """A place in Syria; filled from `app.arabic.places` when the database is migrated."""

    __table_args__ = (Index("ix_place_largest", text("population DESC"), "pcode"),)

    pcode: str = Field(primary_key=True, description="OCHA P-code")
    kind: str = Field(description="governorate, district, subdistrict, community")
    name_ar: str
    name_en: str
    variants: list[str] = Field(default_factory=list, sa_column=_texts())
    lineage: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False), description="itself last")
    lon: float | None = None
    lat: float | None = None
    population: int


class NameKey(SQLModel):
    """One of the ways to begin typing a name; see `app.corpus.name_keys`."""

    key: str = Field(primary_key=True)
    name: str = Field(description="the name as written")
    rank: int = Field(description="0: from its first word on, 1: from a later one, 2: by its sounds")


def _by_beginning(table: str, owner: str) -> tuple[Index, ...]:
    """Beginnings are looked for by index from the key, and from the owner where very many names begin so."""
    ops = {"key": "text_pattern_ops"}
    return (
        Index(f"ix_{table}_key_prefix", "key", postgresql_ops=ops),
        Index(f"ix_{table}_owner", owner, "key", postgresql_ops=ops),
    )


class SpeakerName(NameKey, table=True):
    """The names of speakers."""

    __tablename__ = "speaker_name"
    __table_args__ = _by_beginning("speaker_name", "speaker_id")

    speaker_id: str = Field(primary_key=True, foreign_key="speaker.id", ondelete="CASCADE", sa_type=Text)


class PlaceName(NameKey, table=True):
    """The names of places."""

    __tablename__ = "place_name"
    __table_args__ = _by_beginning("place_name", "pcode")

    pcode: str = Field(primary_key=True, foreign_key="place.pcode", ondelete="CASCADE", sa_type=Text)


class Statement(SQLModel, table=True):
    """Who said what, where. `source_id` and `published_at` repeat the article's, for filters without a join."""

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
    )

    id: str = Field(primary_key=True, description="hash of article id, content and cue as written")
    article_id: str = Field(sa_column=_reference("article.id", on_delete="CASCADE", index=False))
    source_id: str | None = Field(default=None, sa_column=_reference("source.id", nullable=True))
    published_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    ordinal: int = Field(description="place in the article, from 0")
    zone: str = Field(description="body, title, pull_quote")
    kind: str = Field(description="direct, indirect, mixed")
    content: str = Field(sa_column=Column(Text, nullable=False))
    content_hash: str | None = Field(default=None, description="SHA-256 of the content's folded words")
    content_start: int
    content_end: int
    segments: list[dict[str, Any]] = Field(default_factory=list, sa_column=_objects())
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    cue_lemma: str | None = None
    stance: str | None = Field(default=None, index=True)
    polarity: str = Field(default="affirmed", sa_column_kwargs=_default("affirmed"))
    speaker_id: str | None = Field(default=None, sa_column=_reference("speaker.id", nullable=True, index=False))
    speaker_text: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_resolution: str | None = None
    speaker_reason: str | None = None
    utterer_id: str | None = Field(default=None, sa_column=_reference("speaker.id", nullable=True))
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
        sa_column=_reference("statement.id", nullable=True, on_delete="SET NULL", late=True),
    )
    confidence: float
    rule: str
    reasons: list[str] = Field(default_factory=list, sa_column=_texts())
    extractor_version: str
    review_state: str = Field(default="unreviewed", sa_column_kwargs=_default("unreviewed"))
    created_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    updated_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))


class Mention(SQLModel, table=True):
    """A speaker or a place named in an article, at its place in the text."""

    __table_args__ = (
        CheckConstraint("num_nonnulls(speaker_id, place_id) = 1", name="of_one_thing"),
        UniqueConstraint("article_id", "start", "end", "speaker_id", "place_id", postgresql_nulls_not_distinct=True),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    article_id: str = Field(sa_column=_reference("article.id", on_delete="CASCADE", index=False))
    speaker_id: str | None = Field(default=None, sa_column=_reference("speaker.id", nullable=True))
    place_id: str | None = Field(default=None, sa_column=_reference("place.pcode", nullable=True))
    start: int
    end: int
    text: str


class ImportItem(SQLModel, table=True):
    """One page of an import and its verdict: created, updated, unchanged, duplicate, near_duplicate, rejected."""

    __tablename__ = "import_item"
    __table_args__ = (UniqueConstraint("import_id", "ordinal"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    import_id: str = Field(sa_column=_reference("import.id", on_delete="CASCADE", index=False))
    ordinal: int
    name: str = Field(description="the file's path, or the page's place in one")
    url: str | None = None
    verdict: str
    reason: str | None = None
    detail: str | None = None
    article_id: str | None = Field(default=None, sa_column=_reference("article.id", nullable=True))
    capture_id: str | None = Field(default=None, sa_column=_reference("capture.id", nullable=True))
    created_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))


class Outbox(SQLModel, table=True):
    """What the search engine still has to learn; written in the transaction of the change itself."""

    __table_args__ = (Index("ix_outbox_due", "available_at", "id"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    entity: str = Field(description="article (with its statements) or statement")
    entity_id: str = Field(index=True)
    operation: str = Field(description="upsert, delete")
    created_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    available_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    attempts: int = Field(default=0, sa_column_kwargs=_default("0"))
    last_error: str | None = None


class SearchIndex(SQLModel, table=True):
    """An index of the search engine that is in use: under which uid, made with which settings, when."""

    __tablename__ = "search_index"

    name: str = Field(primary_key=True, description="index prefix and kind: `qawl_articles`, `qawl_statements`")
    uid: str
    settings_hash: str
    built_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))


class Words(SQLModel):
    """Words for Postgres' own search, in the three forms of `app.arabic.words`, and in line for ranking.

    Beside them how many stems there are, and the date of the article: so that most searches read no other table.
    """

    plain: str = Field(sa_type=TSVECTOR)
    folded: str = Field(sa_type=TSVECTOR)
    stem: str = Field(sa_type=TSVECTOR)
    line: str = Field(default="", sa_column_kwargs=_default(""), sa_type=Text)
    length: int = Field(default=0, sa_column_kwargs=_default("0"))
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


def _word_indexes(table: str) -> tuple[Index, ...]:
    # What is not sorted in yet waits in a list that every search reads through: a short one.
    options = {"fastupdate": "on", "gin_pending_list_limit": "2048"}
    return tuple(
        Index(f"ix_{table}_{form}", form, postgresql_using="gin", postgresql_with=options)
        for form in ("plain", "folded", "stem")
    )


class ArticleWords(Words, table=True):
    """The words of an article."""

    __tablename__ = "article_words"
    __table_args__ = _word_indexes("article_words")

    article_id: str = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE", sa_type=Text)


class StatementWords(Words, table=True):
    """The words of a statement: its content, its speaker's names, the role."""

    __tablename__ = "statement_words"
    __table_args__ = _word_indexes("statement_words")

    statement_id: str = Field(primary_key=True, foreign_key="statement.id", ondelete="CASCADE", sa_type=Text)


class Vocabulary(SQLModel, table=True):
    """Every folded word of the corpus once: where Postgres looks for what a misspelt word may have meant."""

    __table_args__ = (
        Index("ix_vocabulary_word_trgm", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
        Index("ix_vocabulary_word_prefix", "word", postgresql_ops={"word": "text_pattern_ops"}),
    )

    word: str = Field(primary_key=True)


class Rate(SQLModel, table=True):
    """What a caller has spent of an allowance. Not kept through a crash: it is worth a minute."""

    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    caller: str = Field(primary_key=True, sa_type=Text, description="a key's id or an address")
    since: int = Field(sa_column=Column(BigInteger, nullable=False), description="second of the epoch")
    spent: int = Field(sa_column=Column(BigInteger, nullable=False))


class ApiKey(SQLModel, table=True):
    """A key to closed doors. The key itself is never stored."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True, description="the key's public first part")
    hash: str = Field(description="SHA-256 of the whole key, hexadecimal: keys are long and random")
    scopes: list[str] = Field(default_factory=list, sa_column=_texts())
    label: str
    created_at: datetime = Field(default_factory=_now, sa_column=_time(default_now=True))
    expires_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    last_used_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
    revoked_at: datetime | None = Field(default=None, sa_column=_time(nullable=True))
