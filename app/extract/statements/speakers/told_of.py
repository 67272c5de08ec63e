"""Told of: whom the words before did something to, who answers where a verb agrees with nobody who has spoken."""

from app.arabic.names import is_name_word
from app.corpus.fields import SpeakerKind
from app.extract.statements.names.mentions import named_at
from app.extract.statements.names.phrases import tight_end
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_group_head, is_title, looks_feminine
from app.extract.statements.text.stream import Stream

_NEAR, _LONGEST_SUBJECT = 40, 10  # tokens


def told_of_before(stream: Stream, at: int, gender: str | None, plural: bool) -> Mention | None:
    """انتقد فلان وزارة الصحة، فردت …; اجتمع بممثلي التجار، وقالوا …: the nearest before token `at` that agrees.

    Only a feminine one and several are found so: a man may be anybody.
    """
    if gender != "f" and not plural:
        return None
    first = max(stream.paragraphs[stream.paragraph[at]].first, at - _NEAR)
    if plural and _go_on_themselves(stream, first, at):
        return None
    for i in range(at - 1, first, -1):
        if stream.quote[i] < 0 and _may_be_object(stream, i):
            last = min(at, stream.sentence_end[i])
            mention = _many(stream, i, last) if plural else _she(stream, i, last)
            if mention is not None and mention.end <= at:
                return mention
    return None


def _may_be_object(stream: Stream, i: int) -> bool:
    """Whether a noun at token `i` is the object of its sentence's verb: behind a named subject, or met or heard."""
    word, before = stream.words[i], stream.words[i - 1]
    if not word.isalpha() or word in words_of("help"):
        return False
    if word.startswith(("ال", "بال")) and not _are_people(word.removeprefix("ب")):
        return False
    if before in ("مع", "الي") or (word[0] == "ب" and not is_group_head(word)):
        start = stream.sentence_start[i]
        return any(_meets(met) for met in stream.words[max(start, i - _LONGEST_SUBJECT) : i])
    return before in stream.names or is_name_word(before) or (before.startswith("ال") and is_title(before))


def _meets(word: str) -> bool:
    return word in words_of("meets") or (word[0] in "وف" and word[1:] in words_of("meets"))


def _go_on_themselves(stream: Stream, first: int, at: int) -> bool:
    """التقوا بعدد من المسافرين ووعدوا …: whether a verb in the plural before has the same subject."""
    return any(word.endswith("وا") and len(word) > 3 for word in stream.words[first:at])


def _she(stream: Stream, i: int, last: int) -> Mention | None:
    """وزارة الصحة, بوالدة الأسيرة: a body or a woman by what she is, in a construct."""
    word = stream.words[i]
    joined = word[0] in "بل" and not is_group_head(word)
    head = word[1:] if joined else word
    if not looks_feminine(head) or not (
        is_title(head) or head in words_of("kin_of_whom") or head in words_of("organisation")
    ):
        return None
    if joined or head in words_of("kin_of_whom"):
        end = tight_end(stream, i, last)
        kind: SpeakerKind = "organisation" if head in words_of("organisation") else "anonymous"
        return Mention(i, end, kind, "group", "f", False, end, conjunction=joined) if end > i + 1 else None
    mention = named_at(stream, i, last, tight=True)
    return mention if mention is not None and mention.kind != "document" and mention.last > i + 1 else None


def _many(stream: Stream, i: int, last: int) -> Mention | None:
    """بممثلي التجار, أهالي الطلاب, وفداً من المزارعين: several people, in a construct or behind من."""
    word = stream.words[i]
    if word.startswith(("ال", "بال")):
        end = tight_end(stream, i, last)
        return Mention(i, end, "anonymous", "group", None, True, end, conjunction=word[0] == "ب")
    head = word[1:] if word[0] in "بل" and word[1:2] not in ("ا", "") else word
    for plain in (word, head):
        people = (plain.endswith("ي") and _are_many(plain[:-1])) or plain in words_of("many")
        counted = plain.removesuffix("ا") in words_of("gathering") and stream.words[i + 1] == "من"
        if people or counted:
            end = tight_end(stream, i + 2 * counted, last)
            return (
                Mention(i, end, "anonymous", "group", None, True, end, conjunction=plain != word)
                if end > i + 1
                else None
            )
    return None


def _are_people(word: str) -> bool:
    """العمال, الطبيبات, الصيادين: several people by a definite noun."""
    if word in words_of("many") or word in words_of("titles_of_many"):
        return True
    plain = word[2:-2]
    feminine = word.endswith("ات") and is_title(plain + "ه")
    return feminine or (word.endswith("ين") and (is_title(plain) or plain + "ون" in words_of("anonymous")))


def _are_many(stem: str) -> bool:
    """ممثلي, مسؤولي: a sound plural of people, which has lost its ن to the noun behind it."""
    return is_title(stem) or any(stem + end in words_of("anonymous") for end in ("ون", "ين"))
