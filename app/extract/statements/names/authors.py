"""Authors: whose words a piece holds (تصريحات لفلان، مقابلة مع فلان، رسالة من فلان)."""

from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.mentions import named_at, read_mention
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_title
from app.extract.statements.text.stream import Stream


def author_of(stream: Stream, first: int, end: int) -> Mention | None:
    """نشر الموقع تصريحات لفلان، قال فيها: the one whose words they are; without one, the subject of نشر."""
    words = stream.words
    for j in range(first, end - 1):
        if words[j] in words_of("spoken_piece"):
            k = j + 1
            if words[k].startswith("ل") and len(words[k]) > 3:
                mention = named_at(stream, k, end) if is_title(words[k]) else _named_after_l(stream, k, end)
                if mention is not None:
                    return mention
            sender = _sender(stream, k, end)
            if sender is not None:
                return sender
            if "مع" in words[k : k + 3]:  # مقابلة مع فلان
                return read_mention(stream, words.index("مع", k) + 1, end, tight=True)
    published = next((j for j in range(first, end - 1) if words[j] in words_of("published")), None)
    if published is None:
        return None
    author = read_mention(stream, published + 1, end, tight=True)
    if author is None or author.kind == "document" or words[author.first] in words_of("spoken_piece"):
        author = read_mention(stream, first + 1, published, tight=True) if words[first] in words_of("was") else None
    return author


def _named_after_l(stream: Stream, k: int, end: int) -> Mention | None:
    if k + 1 < end and begins_name(stream, k + 1, end):
        last = name_end(stream, k + 1, end)
        return Mention(k + 1, last, "person", "full", None, False, last)
    return None


def _sender(stream: Stream, k: int, end: int) -> Mention | None:
    """تلقى الأمين رسالة من رئيس الاتحاد فلان الفلاني يؤكد فيها …: who it came from, right before the verb."""
    at = next((j for j in range(k, min(end, k + 3)) if stream.words[j] == "من"), None)
    if at is None:
        return None
    sender = read_mention(stream, at + 1, end, tight=True)
    return sender if sender is not None and sender.kind != "document" and sender.end >= end else None
