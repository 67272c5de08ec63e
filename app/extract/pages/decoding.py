"""Decoding: bytes become text, with the character set that was declared, marked or found."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from app.corpus.fields import Decoded, storable
from app.extract.pages.rejection import PageRejected

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Files that are no text at all, by their first bytes.
_BINARY = {
    b"%PDF": "a PDF", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"PK\x03\x04": "a zip archive", b"\x1f\x8b": "gzip data", b"\x28\xb5\x2f\xfd": "zstd data",
    b"\x7fELF": "a program", b"RIFF": "sound or video", b"\xd0\xcf\x11\xe0": "an old Office file",
}  # fmt: skip
_FEED_IN_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?>(?:<\?[^>]{0,500}>\s*|<!--.{0,1000}?-->\s*){0,5})<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.IGNORECASE | re.DOTALL,
)
_UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_NAMES = {"cp1256": "windows-1256", "cp1252": "windows-1252", "iso8859-6": "iso-8859-6"}
# Web pages that declare Latin-1 mean windows-1252, as browsers do.
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252"}
# What Python calls encodings and no page is written in; some take time out of proportion.
_NO_CHARSETS = frozenset(("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3]")
# The commonest words and the article: what Arabic looks like, and what the wrong character set never gives.
_COMMON = re.compile(
    r"(?<![^\W_])(?:في|من|على|إلى|الى|أن|ان|عن|ما|لا|مع|هذا|كما|قال|التي|الذي|ال[^\W\d_]{3,})(?![^\W_])"
)
_SAMPLE = 200_000
# A dump cut in the middle of a letter, or one bad byte in ten thousand, is still a page.
_BAD_SHARE = 1e-3
# News has about 75 of the common words for a thousand letters; chance gives next to none.
_LEAST_SCORE = 15
_GUESSED_BYTES = 50_000
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
# As what the first byte of most Arabic letters in UTF-8 (D8..DB) comes out when read in these sets.
_MOJIBAKE_LEADS = {"cp1252": "ØÙÚÛ", "cp1256": "طظعغ"}


def decode(raw: bytes, *, declared_charset: str | None = None) -> Decoded:
    """The text in `raw`: by the declared character set, else its byte order mark, else what fits Arabic best.

    A declared set that does not fit is passed over; every such step, every byte replaced and every letter repaired
    stands in `repairs`. Raises PageRejected `not_text` for binary data, `undecodable` when no set fits.
    """
    _refuse_binary(raw)
    repairs: list[str] = []
    text, charset = _read(raw, declared_charset, repairs)
    text = _mend_mojibake(text, repairs)
    return Decoded(_without_nul(text, repairs), _NAMES.get(charset, charset), declared_charset, repairs)


def decoded(part: str, whole: Decoded) -> Decoded:
    """A text that stood, escaped, inside another: mended as that was."""
    repairs = list(whole.repairs)
    text = storable(part)
    if text != part:
        repairs.append("NUL and halves of surrogate pairs replaced by U+FFFD")
    return Decoded(_mend_mojibake(text, repairs), whole.charset, whole.declared_charset, repairs)


def _refuse_binary(raw: bytes) -> None:
    for magic, what in _BINARY.items():
        if raw.startswith(magic):
            raise PageRejected("not_text", f"expected text or HTML, got {what}")
    if _FEED_IN_XML.match(raw):  # read as HTML, all that it holds would be one article
        raise PageRejected("not_text", "expected one page, got a feed (RSS, Atom) or a site map: send the pages in it")


def _read(raw: bytes, declared: str | None, repairs: list[str]) -> tuple[str, str]:
    utf8 = _strict(raw, "utf-8")
    for charset in _stated(raw, declared, repairs):
        if utf8 is not None and charset not in _UNICODE and not raw.isascii():
            repairs.append(f"declared {declared}, but the bytes are valid UTF-8")
            return utf8, "utf-8"
        text = _strict(raw, charset)
        if text is not None and _is_text(text) and not (charset == "cp1252" and _fits_arabic_better(raw, text)):
            return text, charset
        repairs.append(f"{charset} was declared or marked, but the bytes do not fit it")
    if utf8 is not None and _is_text(utf8):
        return utf8, "utf-8"
    return _detected(raw, repairs)


def _stated(raw: bytes, declared: str | None, repairs: list[str]) -> Iterator[str]:
    """The declared character set, then that of the byte order mark."""
    if declared:
        try:
            name = codecs.lookup(declared.strip().strip("\"'")).name
        except (LookupError, ValueError):
            repairs.append(f"the declared character set {declared!r} is unknown")
        else:
            if name not in _NO_CHARSETS:
                yield _ALIASES.get(name, name)
    yield from (charset for mark, charset in _BOMS if raw.startswith(mark))


def _strict(raw: bytes, charset: str) -> str | None:
    """`raw` decoded without a byte order mark, or None when it does not fit (or the codec is none for text)."""
    try:
        text = codecs.decode(raw, charset)
    except (UnicodeError, LookupError, ValueError, TypeError, OverflowError):
        return None
    return text.removeprefix("\ufeff") if isinstance(text, str) else None


def _is_text(text: str) -> bool:
    """Whether `text` is free of all but a stray control character."""
    return len(_CONTROLS.findall(text[:_SAMPLE])) <= 0.01 * min(len(text), _SAMPLE) + 2


def _fits_arabic_better(raw: bytes, text: str) -> bool:
    """Whether bytes declared as Latin are Arabic in windows-1256: the commonest false declaration."""
    return not _ARABIC.search(text) and _arabic_score(_strict(raw, "cp1256")) > 0


def _arabic_score(text: str | None) -> float:
    """Common Arabic words per thousand Arabic letters; 0 where they are too few for the language."""
    if text is None or not _is_text(text):
        return 0.0
    sample = text[:_SAMPLE]
    hits, letters = len(_COMMON.findall(sample)), len(_ARABIC.findall(sample))
    score = 1000 * hits / max(letters, 1)
    return score if hits > 1 and score >= _LEAST_SCORE else 0.0


def _detected(raw: bytes, repairs: list[str]) -> tuple[str, str]:
    """The set under which the bytes read most like Arabic; broken UTF-8 with its bad bytes replaced; a guess."""
    tried = {charset: _strict(raw, charset) for charset in ("utf-16-le", "utf-16-be", "cp1256", "iso8859-6")}
    best = max(tried, key=lambda charset: _arabic_score(tried[charset]))
    found = tried[best]
    if found is not None and _arabic_score(found):
        return found, best
    mended = raw.decode("utf-8", "replace")
    bad = mended.count("\ufffd")
    if bad <= 3 + _BAD_SHARE * len(raw) and len(_ARABIC.findall(mended)) > 10 * bad and _is_text(mended):
        repairs.append(f"{bad} places that are not UTF-8 replaced by U+FFFD")
        return mended.removeprefix("\ufeff"), "utf-8"
    return _guessed(raw)


def _guessed(raw: bytes) -> tuple[str, str]:
    """The last resort, for pages of other languages, which are to be refused as such."""
    if len(_CONTROL_BYTES.findall(raw[:_SAMPLE])) > 0.01 * min(len(raw), _SAMPLE) + 2:
        raise PageRejected("not_text", "expected text or HTML, got bytes full of control characters")
    guess = from_bytes(raw[:_GUESSED_BYTES]).best()
    text = _strict(raw, guess.encoding) if guess else None
    if guess is None or text is None or (_ARABIC.search(text) and not _arabic_score(text)):
        raise PageRejected("undecodable", "the bytes fit neither UTF-8, UTF-16, windows-1256 nor ISO-8859-6")
    return text, guess.encoding


def _mend_mojibake(text: str, repairs: list[str]) -> str:
    """Undo UTF-8 that was once read as windows-1252 or -1256, line by line, where every letter agrees."""
    for charset, leads in _MOJIBAKE_LEADS.items():
        if not _is_mojibake(text[:_SAMPLE], leads):
            continue
        lines = text.split("\n")  # not splitlines: the letters of mojibake hold other line ends
        mended = [_mended_line(line, charset) for line in lines]
        count = sum(new is not None for new in mended)
        if count:
            repairs.append(f"{count} lines of UTF-8 that had been read as {_NAMES[charset]} read again")
            text = "\n".join(old if new is None else new for old, new in zip(lines, mended, strict=True))
    return text


def _is_mojibake(text: str, leads: str) -> bool:
    """Whether a third of the visible characters are those that lead the two bytes of an Arabic letter in UTF-8."""
    return sum(map(text.count, leads)) * 3 > len(text) - text.count(" ") > 8


def _mended_line(line: str, charset: str) -> str | None:
    """`line` of such a page as it was before, or None unless all of it goes back to valid UTF-8."""
    if line.isascii():
        return None
    try:
        return b"".join(_byte(char, charset) for char in line).decode("utf-8")
    except UnicodeError:
        return None


def _byte(char: str, charset: str) -> bytes:
    """One character as a byte; the five bytes that windows-1252 leaves open pass as themselves, as in browsers."""
    try:
        return char.encode(charset)
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _without_nul(text: str, repairs: list[str]) -> str:
    """Postgres cannot store U+0000; a replacement of the same length keeps all offsets."""
    nuls = text.count("\x00")
    if nuls:
        repairs.append(f"{nuls} NUL characters replaced by U+FFFD")
    return text.replace("\x00", "\ufffd")
