"""Ids that stay: each is a hash of what makes the thing itself, so that the same page always gives the same ids."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from app.corpus.fields import Statement

ID_LENGTH = 24
# The body's statement is numbered before a headline or pull quote of the same words, so that it keeps its id
# whether or not the page repeats it.
_ZONES = ("body", "title", "pull_quote")


def content_hash(words: Sequence[bytes]) -> str:
    """SHA-256 of the folded words of a body, in UTF-8: the same for two pages that tell the same in the same words."""
    return hashlib.sha256(b" ".join(words)).hexdigest()


def capture_id(raw: bytes) -> str:
    """SHA-256 of the bytes as they came."""
    return hashlib.sha256(raw).hexdigest()


def article_id(canonical_url: str | None, content: str) -> str:
    """An article is its address; one without address is its content (`content_hash`)."""
    return _hashed("url", canonical_url) if canonical_url else _hashed("content", content)


def speaker_id(key: str) -> str:
    """A speaker is the key of the name (`app.arabic.names.name_key`)."""
    return _hashed("speaker", key)


def statement_ids(article: str, statements: Sequence[Statement]) -> list[str]:
    """One id a statement, from article, content and cue as written; where all three repeat, which of them it is."""
    seen: Counter[tuple[str, str]] = Counter()
    ids = [""] * len(statements)
    for place in sorted(range(len(statements)), key=lambda at: (_ZONES.index(statements[at].zone), at)):
        one = statements[place]
        words = (one.content.text, one.cue.text if one.cue else "")
        ids[place] = _hashed("statement", article, *words, str(seen[words]))
        seen[words] += 1
    return ids


def _hashed(*parts: str) -> str:
    # A separator that no text of ours contains: ("ab", "c") and ("a", "bc") must differ.
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:ID_LENGTH]
