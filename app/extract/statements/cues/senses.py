"""Verbs that report in one sense only: سلّم بأن, أعلم فلاناً أن, أطلق تحذيراً من أن, and not سلّم المفاتيح."""

from functools import cache

from app.arabic.names import is_name_word
from app.extract.statements.text.lexicon import Surface, homonyms, words_of
from app.extract.statements.text.nouns import looks_like_masdar
from app.extract.statements.text.stream import Stream

_REACH = 14  # tokens from the verb to what shows its sense
_WHOM = 5  # tokens
_SUBJECT = 7  # tokens
_BROKEN_PLURAL = 5  # letters
_SIGNS = frozenset(".،,؛:!؟?")
_WITH_B = frozenset(["بان", "بانه", "بانها", "بانهم", "بانهما", "بانهن", "باننا", "بانني", "باني"])

Reading = tuple[Surface, bool]


def sense_at(stream: Stream, i: int) -> Reading | None:
    """What token `i`, one of the `homonyms`, says where the words behind it show that it reports."""
    reading = homonyms().get(stream.words[i])
    if reading is None:
        return None
    surface, joined = reading
    verb = surface.verb
    if surface.pronoun or not _shows_sense(stream, i, verb.guard):
        return None
    return surface._replace(verb=verb._replace(guard="")), joined


def _shows_sense(stream: Stream, i: int, guard: str) -> bool:
    if guard == "b":
        return _with_b(stream, i)
    if guard == "told":
        return _tells(stream, i)
    if guard == "blames":
        return _blames(stream, i)
    if guard == "someone":
        return _is_someone(stream, i + 1)
    if guard == "ascribes":
        return _is_someone(stream, i + 1) and _ascribes(stream, i)
    if guard == "calls":
        club = stream.written(i, i + 1).endswith("ي")
        return not club and any(_is_called_for(stream, j) for j in _behind(stream, i)[:_WHOM])
    if guard == "belittles":
        return _is_someone(stream, i + 1) and _of_weight(stream, i)
    return _with_noun_of_speech(stream, i)


def _behind(stream: Stream, i: int) -> range:
    """The tokens behind `i` up to a sign, a mark or the farthest."""
    end = min(len(stream.words), i + _REACH)
    stop = next((j for j in range(i + 1, end) if stream.words[j] in _SIGNS or j in stream.opens), end)
    return range(i + 1, stop)


def _with_b(stream: Stream, i: int) -> bool:
    """سلّم المدرب بأن …, and not صلى الله عليه وسلم بأنه."""
    if i > 0 and stream.words[i - 1] in ("عليه", "عليهم", "واله"):
        return False
    first_b = next((stream.words[j] for j in _behind(stream, i)[:_SUBJECT] if _is_of_b(stream.words[j])), "")
    return first_b in _WITH_B


def _is_of_b(word: str) -> bool:
    """بقناعاته, بأن; and not باسم, which belongs to who speaks."""
    return word[0] == "ب" and word not in words_of("on_behalf")


def _tells(stream: Stream, i: int) -> bool:
    """أعلمت الإدارة الموظفين أن …, and not أعلم أن, أشعر اليوم بأن."""
    if not _is_someone(stream, i + 1):
        return False
    that = next((j for j in _behind(stream, i) if stream.words[j] in words_of("complementizer")), i)
    return that - i > 2  # who tells, and who is told


def _blames(stream: Stream, i: int) -> bool:
    """عاب فلان على فلان أنه …, and not أخذ على عاتقه أن."""
    words = stream.words
    on = next((j for j in _behind(stream, i) if words[j] == "علي"), None)
    if on is None or on + 1 >= len(words) or words[on + 1] in words_of("taken_upon"):
        return False
    return any(words[j] in words_of("complementizer") for j in _behind(stream, on) if j <= on + _WHOM)


def _is_someone(stream: Stream, i: int) -> bool:
    groups = ("title", "organisation", "document", "anonymous")
    if i >= len(stream.words):
        return False
    word = stream.words[i]
    return word in stream.names or is_name_word(word) or any(word in words_of(group) for group in groups)


def _of_weight(stream: Stream, i: int) -> bool:
    """قلل فلان من أهمية …: of what somebody makes little."""
    words = stream.words
    return any(words[j] == "من" and words[j + 1] in words_of("of_weight") for j in _behind(stream, i)[:-1])


def _ascribes(stream: Stream, i: int) -> bool:
    """أرجع الخبير ارتفاع الأسعار إلى …, and not أرجع الموظف الملف إلى المدير: something that happens has a cause."""
    behind = _behind(stream, i)
    to = next((j for j in behind if stream.words[j] == "الي"), i)
    return any(_happens(stream.words[j]) for j in range(i + 2, to))


def _happens(word: str) -> bool:
    bare = word.removeprefix("ال")
    deed = looks_like_masdar(bare) and (len(bare) > _BROKEN_PLURAL or bare[0] == "ت")  # no أطراف
    return deed or bare in words_of("has_a_cause")


def _is_called_for(stream: Stream, i: int) -> bool:
    """نادى المتظاهرون بإسقاط المجلس, and not ينادون السجناء بالأرقام: a deed has its hamza below, a plural above."""
    word = stream.words[i]
    return word[0] == "ب" and looks_like_masdar(word[1:].removeprefix("ال")) and "أ" not in stream.written(i, i + 1)


def _with_noun_of_speech(stream: Stream, i: int) -> bool:
    """أطلقت الهيئة تحذيراً من أن …, طرح الصحافي سؤالاً: «…»: what it says right behind the noun, or behind whom."""
    words = stream.words
    noun = next((j for j in _behind(stream, i) if words[j] in words_of("light_noun")), None)
    if noun is None:
        return False
    end = min(len(words), noun + _WHOM)
    that = next((j for j in range(noun + 1, end) if words[j] in words_of("complementizer") or words[j] == ":"), None)
    if that is None or any(word in _SIGNS for word in words[noun + 1 : that]):
        return False
    return words[that] == ":" or words[that - 1] not in words_of("not_before_that")


@cache
def homonymous() -> frozenset[str]:
    """All written forms of these verbs."""
    return frozenset(homonyms())
