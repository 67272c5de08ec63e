"""Authors: whose words a piece holds (تصريحات لفلان، مقابلة مع فلان، رسالة من فلان)."""

from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.issuers import named_with_l
from app.extract.statements.names.mentions import named_at, read_mention
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_grammar, is_plausible, is_title, looks_feminine
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import watched_group

_FARTHEST_PIECE = 5  # tokens


def author_of(stream: Stream, first: int, end: int) -> Mention | None:
    """نشر الموقع تصريحات لفلان، قال فيها: the one whose words they are; without one, the subject of نشر."""
    words = stream.words
    for j in range(first, end - 1):
        if words[j] in words_of("spoken_piece"):
            k = j + 1
            if words[k].endswith("ا") and k + 1 < end:
                k += 1  # مقطعاً مصوراً لنازح
            if words[k].startswith("ل") and len(words[k]) > 3:
                mention = named_at(stream, k, end) if is_title(words[k]) else _named_after_l(stream, k, end)
                mention = mention or _titled_after_l(stream, k, end)
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


def who_did(stream: Stream, first: int, end: int) -> Mention | None:
    """ونظم الطلاب وقفة دعوا فيها إلى …: whoever stands right behind the verb that the sentence begins with."""
    if stream.words[first] in words_of("was") or is_grammar(stream.words[first]) or is_title(stream.words[first]):
        return None
    subject = read_mention(stream, first + 1, end, tight=True)
    if subject is None or subject.kind == "document" or subject.end > end or not is_plausible(stream, subject):
        return None
    begins = subject.role[0] if subject.role is not None else subject.first
    return subject if begins == first + 1 else None


def author_of_piece(stream: Stream, first: int, verb: int) -> Mention | None:
    """أصدرت النقابة بياناً يؤكد أن …: who made the indefinite piece whose own verb stands at token `verb`.

    Where nobody is named it is the piece itself, and a gathering (خرجت مظاهرة تطالب بـ…) always is.
    """
    words, reading = stream.words, stream.readings[verb]
    if reading is None or reading[1]:
        return None
    nouns = stream.places(_PIECE, max(first + 1, verb - _FARTHEST_PIECE), verb)
    noun = next((j for j in nouns if _is_whole_noun(words[j + 1 : verb])), None)
    if noun is None:
        return None
    if words[noun] in words_of("protest"):
        return Mention(noun, noun + 1, "anonymous", "group", None, False, noun + 1)
    author = author_of(stream, first, noun + 1) or who_did(stream, first, noun)
    return author or Mention(noun, noun + 1, "anonymous", "group", None, False, noun + 1)


_PIECE = watched_group("piece", "protest")


def _is_whole_noun(behind: list[str]) -> bool:
    """بياناً رسمياً, مظاهرة في وسط البلدة: behind the noun nothing but its adjective or its place."""
    if len(behind) < 2:
        return not behind or behind[0].endswith(("ا", "ه"))
    return behind[0] in ("في", "من", "امام", "ضد") and all(word.isalpha() for word in behind)


def _named_after_l(stream: Stream, k: int, end: int) -> Mention | None:
    if named_with_l(stream, k, end):
        last = name_end(stream, k, end)
        return Mention(k, last, "person", "full", None, False, last, conjunction=True)
    if k + 1 < end and begins_name(stream, k + 1, end):
        last = name_end(stream, k + 1, end)
        return Mention(k + 1, last, "person", "full", None, False, last)
    return None


def _titled_after_l(stream: Stream, k: int, end: int) -> Mention | None:
    """تصريح لمدير المعمل فلان الفلاني، أكد فيه …; مقطعاً لنازح يقول فيه …: a title written with its preposition."""
    noun = stream.words[k][1:]
    if not (is_title(noun) or noun in words_of("anonymous")):
        return None
    for j in range(k + 1, min(end - 1, k + 8)):
        if begins_name(stream, j, end, titled=True):
            last = name_end(stream, j, end)
            return Mention(j, last, "person", "full", None, False, last)
    gender = "f" if looks_feminine(noun) else "m"
    return Mention(k, end, "anonymous", "group", gender, False, end, conjunction=True) if end - k < 4 else None


def _sender(stream: Stream, k: int, end: int) -> Mention | None:
    """تلقى الأمين رسالة من رئيس الاتحاد فلان الفلاني يؤكد فيها …: who it came from, right before the verb."""
    at = next((j for j in range(k, min(end, k + 3)) if stream.words[j] == "من"), None)
    if at is None:
        return None
    sender = read_mention(stream, at + 1, end, tight=True)
    return sender if sender is not None and sender.kind != "document" and sender.end >= end else None
