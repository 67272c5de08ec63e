"""Counted people: speakers told by their number (عشرون موظفاً، نحو 500 متظاهر، 12 من السكان، خمسة أطباء)."""

from app.extract.statements.names.phrases import tight_end
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_group_head, is_people, is_title, looks_feminine
from app.extract.statements.text.stream import Stream


def counted_people(stream: Stream, start: int, last: int) -> Mention | None:
    """People by a number and the noun behind it, an approximation before it or not; None where things are counted."""
    words = stream.words
    k = start
    if words[k] in words_of("about"):
        k += 1 + (k + 1 < last and words[k] in ("اكثر", "اقل", "ازيد") and words[k + 1] == "من")
    first_number = k
    while k < last and (words[k].isdigit() or words[k] in words_of("counting") or words[k] in words_of("numeral")):
        k += 1
    if k == first_number and not (k > start + 1 and k < last and is_title(words[k])):  # أكثر من شاهد
        return None
    if k >= last:
        return None
    noun = k + 1 if words[k] == "من" and k + 1 < last else k
    if not _are_people(words[noun]) or (noun > k and not words[noun].startswith("ال")):
        return None
    end = tight_end(stream, noun, last)
    gender = "f" if looks_feminine(words[noun]) else "m"
    return Mention(start, end, "anonymous", "group", gender, True, end)


def _are_people(word: str) -> bool:
    """موظفاً, متظاهر, أطباء, السكان, منظمة: whom a number may count and who can speak."""
    plain = word.removesuffix("ا").removeprefix("ال")
    if word in words_of("document") or word in words_of("tidings"):
        return False
    return is_group_head(word) or is_people(word) or is_title(plain) or plain in words_of("counted_person")
