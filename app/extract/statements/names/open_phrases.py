"""Open phrases: where a noun phrase ends whose grammar need not tell it, since an opener is known to follow."""

from app.arabic.kept import kept
from app.arabic.names import is_name_word
from app.extract.statements.names.attributes import takes_complement
from app.extract.statements.names.before_speaker import is_pair, leans
from app.extract.statements.names.in_text import is_preposition, is_told_kin
from app.extract.statements.names.phrase_limits import (
    begins_relative,
    closes_phrase,
    disagrees,
    is_adverbial,
    is_close_to,
    is_deed_of_body,
    is_his_own,
    is_his_saying,
    is_object_of,
    is_recent,
    is_second_body,
    names_outlet,
)
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_group_head, is_title
from app.extract.statements.text.stream import Stream

_LONGEST = 14  # tokens


def loose_end(stream: Stream, start: int, last: int) -> int:
    """The end of a noun phrase where an opener is known to follow: the next sign, preposition or adverb."""
    words = stream.words
    head, k = words[start], start + 1
    if head in words_of("addressed_as"):
        return k
    personal, of_body = not is_group_head(head) and is_name_word(head), head in words_of("organisation")
    while k < min(last, start + _LONGEST):
        word = words[k]
        if k in stream.opens:
            quote = stream.opens[k]
            outlet = words[k - 1] == "ل" and not _leads_to_body(words, start, k - 1)
            if quote.round or quote.close - k > 6 or quote.close >= last or outlet:
                break
            if not words_of("pseudonym").isdisjoint(words[k + 1 : quote.close]):
                break  # حسام "اسم مستعار"
            k = quote.close + 1
        elif of_body and _belongs_to_body(stream, start, k):
            k += 1
        elif not word.isalpha() or leans(word):
            break
        elif k == start + 1 and names_outlet(words, start):
            k += 1
        elif (
            (_closes_loosely(word) and not is_recent(stream, k))
            or (personal and _leaves_person(word))
            or _is_apart(stream, start, k, last, personal=personal)
        ):
            break
        elif k > start + 1 and takes_complement(stream, k):
            k += 1 + (word in words_of("preposition"))
        elif is_preposition(stream, k):
            if not _leads_on(stream, start, k, last, personal=personal):
                break
            k = _past_marks(stream, k + 1, last)
        else:
            k += 1
    return min(k, last)


def _belongs_to_body(stream: Stream, start: int, k: int) -> bool:
    """الفرقة 30، المكتب الإعلامي لـ«جيش السهل»: the number of a body, or the ل of whose it is."""
    if stream.words[k].isdigit():
        return k == start + 1
    return _leads_to_body(stream.words, start, k) and k + 1 in stream.opens


@kept
def _closes_loosely(word: str) -> bool:
    """Words that end a noun phrase wherever they stand, but for حديثة, which folds to the letters of one."""
    adverbial = word in words_of("adverb") or word in words_of("with_manner")
    return adverbial or word in words_of("relative") or word in words_of("complementizer") or closes_phrase(word)


@kept
def _leaves_person(word: str) -> bool:
    """لفلان, بكذا, وتمسح دموعها: what is said to somebody or done, behind a person's name."""
    if word.startswith(("ل", "ب")) and (is_told_kin(word) or not is_name_word(word)):
        return True
    return is_title(word) or (word[0] == "و" and word[1:2] in ("ي", "ت") and not is_name_word(word[1:]))


def _is_apart(stream: Stream, start: int, k: int, last: int, *, personal: bool) -> bool:
    """Whether token `k` belongs to another phrase than the one that begins at `start`."""
    words = stream.words
    head, word = words[start], words[k]
    if is_close_to(words, k, last) or is_pair(stream, k, last):
        return True
    named_for = k == start + 1 and head in words_of("organisation")  # هيئة تحرير السهول
    event = word in words_of("event_noun") and not named_for
    if event and (not head.startswith("ال") or head[2:] in stream.names):
        return True
    if head.startswith("ال") and is_title(word) and not is_group_head(head):
        return True
    return (
        begins_relative(words, start, k)
        or is_his_saying(stream, k)
        or is_adverbial(stream, start, k)
        or is_second_body(words, start, k)
        or is_his_own(stream, start, k)
        or disagrees(head, word, k - start)
        or is_deed_of_body(words, start, k)
        or is_object_of(words, start, k, personal)
    )


def _leads_on(stream: Stream, start: int, k: int, last: int, *, personal: bool) -> bool:
    """Whether the preposition at token `k` belongs to the phrase: عدد من السكان، مصدر في الشرطة."""
    words = stream.words
    word, following = words[k], words[k + 1] if k + 1 < last else ""
    open_head = (
        not (words[start].startswith("ال") or personal)
        or is_title(words[start])
        or words[start] in words_of("anonymous")
    )
    near = word in ("من", "علي") and words[k - 1] in words_of("close_to")
    near = near or (word == "علي" and open_head and following in words_of("knows_of"))
    near = near or (word in words_of("of_source") and open_head and words[start] in words_of("anonymous"))
    near = near or (word == "في" and open_head and words[k - 2] in words_of("of_high_rank"))
    if near or (word == "من" and following in ("عمره", "عمرها", "العمر")):
        return True
    of_head = open_head and (k == start + 1 or (k == start + 2 and word in ("في", "من", "عن")))
    return of_head and following != "" and word in words_of("of_noun") and not _is_no_noun(following)


@kept
def _is_no_noun(word: str) -> bool:
    """Whether a folded word behind a preposition makes an insertion of both: في مواجهة, في مؤتمر, من أن, مما."""
    return word == "ما" or any(word in words_of(group) for group in ("faces", "occasion", "complementizer"))


def _leads_to_body(words: list[str], start: int, k: int) -> bool:
    """المكتب الإعلامي لـ«جيش السهل»: whose body it is; not قال المكتب لـ«الصحيفة»."""
    if words[k] != "ل" or words[start] not in words_of("organisation"):
        return False
    body = words[k + 2] if k + 2 < len(words) else ""
    return body in words_of("organisation") and body not in words_of("channel")


def _past_marks(stream: Stream, i: int, last: int) -> int:
    """Past token `i`, or past the pair of marks that opens there: عضو في «مجلس كذا»."""
    quote = stream.opens.get(i)
    return i + 1 if quote is None or quote.round or quote.close >= last else quote.close + 1
