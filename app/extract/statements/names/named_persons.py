"""Named persons: all full names of an article with the titles that stand beside them."""

from collections.abc import Sequence

from app.arabic.kept import kept
from app.arabic.names import given_names, is_given_name, kunya_words, name_words
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import bare, begins_name, has_article, is_annexed, may_begin
from app.extract.statements.names.roles import gender_of_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_grammar
from app.extract.statements.text.stream import Stream, occurrences
from app.extract.statements.text.watched import Watched


class PersonName:
    """A full name at tokens `first` to `last`; its `words` are folded.

    `floor` is where the name before it ends, whose title is another's. Not `alone`: its first word has a conjunction
    (فلان وعلان), and no title is its own. As it is written and by which titles is asked of few names.
    """

    __slots__ = ("_floor", "_stream", "_titles", "alone", "first", "gender", "last", "words")

    def __init__(self, stream: Stream, first: int, last: int, floor: int, *, alone: bool = True) -> None:
        self.first, self.last, self.alone = first, last, alone
        self._stream, self._floor = stream, floor
        self._titles: frozenset[str] | None = None if alone else frozenset()
        words = stream.words[first:last]
        self.words = tuple(words) if alone else (words[0][1:], *words[1:])
        self.gender = gender_of_name(self.words[0])

    @property
    def name(self) -> str:
        """The name as it is written."""
        return self._stream.written(self.first, self.last)[not self.alone :]

    @property
    def titles(self) -> frozenset[str]:
        """The words of the titles before it and behind it, each as `bare` gives it."""
        if self._titles is None:
            before = _titles_before(self._stream, self.first, self._floor)
            self._titles = frozenset(before | _titles_after(self._stream, self.last))
        return self._titles


_FIRST_WORD = Watched(lambda: kunya_words() | name_words() | given_names().keys())
_SON_OF = Watched(lambda: ["بن"])
_OF_TWO = ("عبدال", "الدين")  # names made of two are in no list: عبدالملك, نورالدين


def _where_names_may_begin(stream: Stream) -> list[int]:
    """Positions of listed first words, of names made of two, and of what stands before بن."""
    last = len(stream.words) - 1
    places, sons = stream.places(_FIRST_WORD, 0, last), stream.places(_SON_OF, 1, last + 1)
    if sons:
        places = sorted({*places, *(i - 1 for i in sons)})
    of_two = [stream.token_at(at) for part in _OF_TWO for at in occurrences(part, stream.text)]
    if of_two:
        places = sorted({*places, *(i for i in of_two if 0 <= i < last and is_given_name(stream.words[i]))})
    return places


def person_names(stream: Stream) -> list[PersonName]:
    """All full names in the order of the text."""
    words = stream.words
    found: list[PersonName] = []
    places = _where_names_may_begin(stream)
    begins = set(places)
    behind = 0  # where the last name found ends
    for i in places:
        if i < behind or not may_begin(stream, i) or _names_a_body(words, i) or _is_rank(stream, i):
            continue
        limit = stream.sentence_end[i]
        if not begins_name(stream, i, limit, titled=i > 0 and after_title(stream, i)):
            continue
        last = name_end(stream, i, limit)
        if last > i + 1:
            found.append(PersonName(stream, i, last, behind))
            behind = last
            while behind < len(words) - 1 and (behind not in begins or _names_a_body(words, behind)):
                joined = _name_joined_at(stream, behind)
                if joined is None:
                    break
                found.append(joined)
                behind = joined.last
    return found


def _name_joined_at(stream: Stream, i: int) -> PersonName | None:
    """«فلان وعلان»: the second name, whose first word has the conjunction."""
    if not _is_joined_name(stream.words[i]):
        return None
    last = name_end(stream, i, stream.sentence_end[i])
    return PersonName(stream, i, last, i, alone=False) if last > i + 1 else None


def _is_joined_name(word: str) -> bool:
    return word[0] == "و" and (is_given_name(word[1:]) or word[1:] in name_words())


def _names_a_body(words: Sequence[str], i: int) -> bool:
    """جماعة الفلاني، عمليات فلان: whether the word is a body's noun, or stands behind what is named after somebody.

    Where no list of given names knows it, a word behind «in» is a place.
    """
    if i and i + 1 < len(words) and is_annexed(words, i):
        return True
    if i and (words[i - 1] in words_of("named_after") or (words[i - 1] == "في" and not is_given_name(words[i]))):
        return True
    if i and words[i].startswith("ال") and words[i - 1] in words_of("place_head"):
        return True  # إقليم السهول فلانة
    return words[i] in words_of("organisation") and not is_given_name(words[i])


def _is_rank(stream: Stream, i: int) -> bool:
    """المختار جدعان الهزيم: a rank that is a given name too, before a name of two words more."""
    if stream.words[i] not in words_of("title_given") or i + 2 >= stream.sentence_end[i]:
        return False
    return stream.words[i + 1].isalpha() and has_article(stream, i + 2)


def after_title(stream: Stream, i: int) -> bool:
    """Whether a title stands close before token `i`, with nothing but its own attributes between."""
    for j in range(i - 1, max(stream.sentence_start[i] - 1, i - 4), -1):
        title = _holds_title(stream.words[j])
        if title is not None:
            return title
    return False


@kept
def _holds_title(word: str) -> bool | None:
    """Whether a folded word is a title; None where it may be a title's attribute."""
    if word in words_of("title") or "ال" + bare(word) in words_of("title"):
        return True
    return None if word.isalpha() and not is_grammar(word) else False


def _titles_before(stream: Stream, first: int, floor: int) -> set[str]:
    """The words of the title before a name, over one comma where a title stands before it."""
    titles: set[str] = set()
    commas = 0
    for j in range(first - 1, max(stream.sentence_start[first] - 1, first - 15, floor - 1), -1):
        word = stream.words[j]
        if not word.isalpha():
            commas += 1
            if word not in "،," or commas > 1 or j < first - 1:
                break
            continue
        titles.add(_of_body(bare(word)))
    return titles


def _of_body(word: str) -> str:
    """الأمين العام لرابطة …: the noun without ل."""
    return word[1:] if word[0] == "ل" and word[1:] in words_of("organisation") else word


def _titles_after(stream: Stream, last: int) -> set[str]:
    """The words of a title in apposition: «، محافظ المدينة،»."""
    end = stream.sentence_end[last - 1]
    j = last + 1 if last < end and stream.words[last] in "،," else last
    if j >= end or stream.words[j] not in words_of("title"):
        return set()
    titles: set[str] = set()
    while j < end and stream.words[j].isalpha() and len(titles) < 8:
        titles.add(bare(stream.words[j]))
        j += 1
    return titles
