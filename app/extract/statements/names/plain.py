"""Plain names: words that no list knows and that can only be a person's name, told by what stands around them."""

from app.arabic.kept import kept
from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.names.in_text import has_article, has_tanwin, is_told_kin
from app.extract.statements.text.lexicon import surfaces, words_of
from app.extract.statements.text.nouns import is_grammar, is_group_head, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream

_COMPOUNDS = frozenset(["الله", "الدين"])  # they end the first part of a name: ذبيح الله فلان
_NO_NAMES = (
    "question",
    "content_noun",
    "on_behalf",
    "place_head",
    "feminine_head",
    "event_noun",
    "demonstrative",
    "resumptive",
    "with_manner",
)


def unlisted_name(stream: Stream, k: int, last: int, *, titled: bool = False, sure: bool = False) -> int | None:
    """The end of two or three plain words that can only be a name no list knows, or None.

    A sign, a title or the opener stands right after them, and none of them is a group, an adjective or grammar.
    `titled`: a title stands before them; `sure`: one must stand before or behind them.
    """
    words = stream.words
    end = k
    if k + 1 >= last or not (_may_open_plain(words[k]) and _is_plain(words[k + 1])):
        return None
    while end < last and end < k + 4 and _is_plain(words[end]):
        if stream.readings[end] is not None and not (titled or is_name_word(words[end]) or words[end].startswith("ال")):
            return None  # وقال فلان الفلاني
        if is_told_kin(words[end]) or (end > k and _is_circumstance(stream, end)):
            return None
        if words[end].startswith(("لل", "وال", "بال")) or (end == k and has_article(stream, end)):
            return None
        if end > k and words[end - 1] not in _COMPOUNDS and has_article(stream, end - 1):
            return None  # قسم الإعلام بمكتب …
        end += 1
    if not 2 <= end - k <= 3:
        return None
    if words[k][0] == "ب" and words[k + 1].startswith("ال") and not is_name_word(words[k]):
        return None  # بقيادة الدولة
    behind = end + 1 if end + 1 < last and words[end] in "،," else end
    titled = titled or (behind < last and is_title(words[behind]) and not (sure and words[behind].startswith("ال")))
    told = end < last and words[end] in words_of("who_is")
    titled = titled or told
    if sure and not titled:
        return None
    if words[end - 1].endswith(("ه", "ون", "ين", "ات", "ي")) and not (titled or is_name_word(words[end - 1])):
        return None
    if not (titled or is_name_word(words[k]) or is_name_word(words[end - 1])):
        return None
    stands = (
        told or end >= last or words[end] in "،,:" or is_title(words[end]) or words[end] in words_of("complementizer")
    )
    return end if stands else None


@kept
def _is_plain(word: str) -> bool:
    """Whether a folded word is no sign, no grammar and no title."""
    return word.isalpha() and not is_grammar(word) and not is_title(word)


@kept
def _may_open_plain(word: str) -> bool:
    """Whether a folded word can be the first of such a name: no group, and no «and» before a word."""
    if not _is_plain(word) or is_group_head(word):
        return False
    if word in words_of("feminine_head") or word in words_of("demonstrative"):
        return False
    return word[0] != "و" or len(word) < 4 or is_name_word(word)


def _is_circumstance(stream: Stream, i: int) -> bool:
    """ريما وتمسح دموعها, سليم مبتسماً: what somebody does while he speaks."""
    word, behind = stream.words[i], stream.words[i + 1 : i + 2]
    deed = word[0] == "و" and word[1:2] in ("ي", "ت") and not is_name_word(word)
    return has_tanwin(stream, i) or (deed and behind != [] and behind[0].isalpha() and not is_grammar(behind[0]))


def half_listed_name(stream: Stream, start: int, limit: int) -> int | None:
    """سوزان فلان: a given name of nobody known in this article, and a plain word that no list knows."""
    words = stream.words
    if start + 1 >= limit or not is_given_name(words[start]) or words[start] in words_of("name_and_noun"):
        return None
    if words[start] in stream.names or words[start] in words_of("title") or is_name_word(words[start + 1]):
        return None
    family = words[start + 1]
    closed = start + 2 < len(words) and (words[start + 2] in "،,:" or is_title(words[start + 2]))
    if not may_be_name(stream, start + 1, sure=closed) or is_title(family) or len(family) < 4 or family[0] == "ب":
        return None
    return start + 2


def may_be_name(stream: Stream, i: int, *, sure: bool = False) -> bool:
    """Whether token `i` can be a word of a name that no list knows; `sure`: however it ends."""
    word = stream.words[i]
    if not _is_bare_word(word) or has_article(stream, i) or has_tanwin(stream, i):
        return False
    return sure or is_name_word(word) or not word.endswith(("ه", "ات", "ون", "ين", "يه"))


@kept
def _is_bare_word(word: str) -> bool:
    """Whether nothing in the lists or in the form of a folded word keeps it from being a name."""
    if not word.isalpha() or len(word) == 1 or word.startswith(("لل", "وال", "بال")):
        return False
    if is_title(word) or is_grammar(word) or is_group_head(word) or any(word in words_of(no) for no in _NO_NAMES):
        return False
    if is_name_word(word):
        return True
    if word in surfaces() or word in words_of("relative_verb") or looks_like_masdar(word):
        return False
    return not (word[0] in "ول" or (word[0] == "ب" and (word[-1] == "ه" or is_group_head(word[1:]))))
