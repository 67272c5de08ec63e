"""Together: several persons named as one speaker (فلان وعلان؛ الباحثان فلان وعلان؛ كل من فلان وعلان وفلان)."""

from dataclasses import replace

from app.arabic.kept import kept
from app.arabic.names import is_name_word
from app.extract.statements.lexicon import words_of
from app.extract.statements.name_ends import name_end
from app.extract.statements.names_in_text import begins_name
from app.extract.statements.nouns import Mention, is_dual_title, is_grammar, is_people, is_title
from app.extract.statements.persons import read_person
from app.extract.statements.roles import belongs_to_place, role_limit
from app.extract.statements.stream import Stream

_MOST, _NEAR = 8, 4


def named_together(stream: Stream, start: int, last: int) -> Mention | None:
    """The persons behind كل من, or behind a title in the dual or the plural, where they are two or more."""
    if stream.words[start] == "كل" and start + 2 < last and stream.words[start + 1] == "من":
        return _all_from(stream, start + 2, last, None)
    if not _is_title_of_many(stream.words[start]):
        return None
    limit = role_limit(stream, start, last)
    for k in range(start + 1, limit):
        if begins_name(stream, k, last, titled=True) and not belongs_to_place(stream, start, k):
            return _all_from(stream, k, last, (start, k))
    return None


def with_others(stream: Stream, mention: Mention, last: int) -> Mention:
    """فلان وعلان: where more persons fill the stretch to its end, they speak together with the first."""
    if mention.shape != "full":
        return mention
    parts = [mention]
    while len(parts) < _MOST:
        following = _next_person(stream, parts[-1].end, last)
        if following is None or following.shape != "full":
            break
        parts.append(following)
    end = parts[-1].end
    if len(parts) == 1 or (end < last and stream.words[end].isalpha() and not is_grammar(stream.words[end])):
        return mention
    return replace(mention, last=parts[-1].last, gender=None, plural=True, end=end, joined=tuple(parts))


def _all_from(stream: Stream, first: int, last: int, role: tuple[int, int] | None) -> Mention | None:
    if is_title(stream.words[first]):
        one = read_person(stream, first, last, False, True)
    elif begins_name(stream, first, last, titled=True):
        end = name_end(stream, first, last)
        one = Mention(first, end, "person", "full", None, False, end, role)
    else:
        return None
    together = with_others(stream, one, last) if one is not None else None
    return together if together is not None and together.joined is not None else None


def _next_person(stream: Stream, i: int, last: int) -> Mention | None:
    """The person joined by و at token `i`: وعلان الفلاني، وعضو المجلس فلان، ونظيره اللبناني فلان."""
    words = stream.words
    if i + 1 >= last or words[i][0] != "و":
        return None
    if words[i][1:] in words_of("fellow"):
        for k in range(i + 1, min(last, i + _NEAR)):
            if begins_name(stream, k, last, titled=True):
                end = name_end(stream, k, last)
                return Mention(k, end, "person", "full", None, False, end, (i, k))
        return None
    if is_title(words[i]):
        return read_person(stream, i, last, False, True)
    if not is_name_word(words[i][1:]) or not (is_name_word(words[i + 1]) or words[i + 1].startswith("ال")):
        return None
    end = name_end(stream, i, last)
    return Mention(i, end, "person", "full", None, False, end, conjunction=True)


@kept
def _is_title_of_many(word: str) -> bool:
    """الكاتبان، الناشطتان، الباحثون، الطالبات، النواب."""
    if is_dual_title(word) or word in words_of("titles_of_many"):
        return True
    if word.endswith("ات"):
        return is_title(word[:-2] + "ه")
    return is_people(word) and is_title(word[:-2])
