"""What both searches are made of: words for that of Postgres, and what the search engine still has to learn."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from app.corpus.tables.columns import LETTER_BY_LETTER, now, preset, time


class Outbox(SQLModel, table=True):
    """What the search engine still has to learn; written in the transaction of the change itself."""

    __table_args__ = (Index("ix_outbox_due", "available_at", "id"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    entity: str = Field(description="article (with its statements) or statement")
    entity_id: str = Field(index=True)
    operation: str = Field(description="upsert, delete")
    created_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    available_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))
    attempts: int = Field(default=0, sa_column_kwargs=preset("0"))
    last_error: str | None = None


class SearchIndex(SQLModel, table=True):
    """An index of the search engine that is in use: under which uid, made with which settings, when."""

    __tablename__ = "search_index"

    name: str = Field(primary_key=True, description="index prefix and kind: `qawl_articles`, `qawl_statements`")
    uid: str
    settings_hash: str
    built_at: datetime = Field(default_factory=now, sa_column=time(default_now=True))


class Words(SQLModel):
    """Words for Postgres' own search, in the three forms of `app.arabic.words`, and in line for ranking.

    Beside them how many stems there are, and the date of the article: so that most searches read no other table.
    """

    plain: str = Field(sa_type=TSVECTOR)
    folded: str = Field(sa_type=TSVECTOR)
    stem: str = Field(sa_type=TSVECTOR)
    line: str = Field(default="", sa_column_kwargs=preset(""), sa_type=Text)
    length: int = Field(default=0, sa_column_kwargs=preset("0"))
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))


def _word_indexes(table: str) -> tuple[Index, ...]:
    # What is not sorted in yet waits in a list, of so many kB, that every search reads through; the longer it is, the
    # more of its words go in at once. Whoever brings pages in empties it in the end.
    options = {"fastupdate": "on", "gin_pending_list_limit": "8192"}
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
    )

    word: str = Field(primary_key=True, sa_type=LETTER_BY_LETTER)
