"""Who speaks, which places there are, and the ways to begin typing their names."""

from datetime import datetime

from sqlalchemy import Column, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from app.corpus.tables.columns import LETTER_BY_LETTER, now, preset, reference, texts, time, where_given


class Speaker(SQLModel, table=True):
    """Someone who speaks: a person, an organisation, a document, an anonymous source.

    `statement_count` counts every statement once, repetitions left out; triggers keep it.
    """

    __table_args__ = (
        Index("ix_speaker_most_statements", text("statement_count DESC"), "key"),
        *where_given("speaker", "party_id", "merged_into"),
    )

    id: str = Field(primary_key=True, description="hash of the folded name")
    name: str
    key: str = Field(unique=True, description="the folded name; also the order of lists")
    kind: str
    aliases: list[str] = Field(default_factory=list, sa_column=texts())
    romanised: list[str] = Field(default_factory=list, sa_column=texts())
    party_id: str | None = Field(default=None, sa_column=reference("speaker.id", nullable=True, index=False, late=True))
    merged_into: str | None = Field(default=None, sa_column=reference("speaker.id", nullable=True, index=False))
    statement_count: int = Field(default=0, sa_column_kwargs=preset("0"))
    created_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))


class Place(SQLModel, table=True):
    """A place in Syria; filled from `app.arabic.places` when the database is migrated."""

    __table_args__ = (Index("ix_place_largest", text("population DESC"), "pcode"),)

    pcode: str = Field(primary_key=True, description="OCHA P-code")
    kind: str = Field(description="governorate, district, subdistrict, community")
    name_ar: str
    name_en: str
    variants: list[str] = Field(default_factory=list, sa_column=texts())
    lineage: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False), description="itself last")
    lon: float | None = None
    lat: float | None = None
    population: int


class NameKey(SQLModel):
    """One of the ways to begin typing a name; see `app.corpus.name_keys`.

    Beginnings are looked for from the key, and from the owner where very many names begin so.
    """

    key: str = Field(primary_key=True, sa_type=LETTER_BY_LETTER)
    name: str = Field(description="the name as written")
    rank: int = Field(description="0: from its first word on, 1: from a later one, 2: by its sounds")


class SpeakerName(NameKey, table=True):
    """The names of speakers. Written with their speaker, who never goes: no row is asked for him again."""

    __tablename__ = "speaker_name"
    __table_args__ = (Index("ix_speaker_name_owner", "speaker_id", "key"),)

    speaker_id: str = Field(primary_key=True, sa_type=Text)


class PlaceName(NameKey, table=True):
    """The names of places."""

    __tablename__ = "place_name"
    __table_args__ = (Index("ix_place_name_owner", "pcode", "key"),)

    pcode: str = Field(primary_key=True, foreign_key="place.pcode", ondelete="CASCADE", sa_type=Text)
