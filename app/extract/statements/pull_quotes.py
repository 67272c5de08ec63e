"""Pull quotes: a sentence set apart, with or without marks, and the line that says whose it is."""

from app.extract.statements.frames.contents import strip_edges, unquote
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Found
from app.extract.statements.text.nouns import Mention, is_title
from app.extract.statements.text.stream import Paragraph, Stream

_LONGEST_ATTRIBUTION = 12


def read_pull_quote(stream: Stream, paragraphs: list[Paragraph]) -> Found | None:
    """One pull quote from the lines of its zone; the last line, when short, is the attribution."""
    lines = [p for p in paragraphs if p.last > p.first]
    if not lines:
        return None
    attribution: Paragraph | None = None
    if len(lines) > 1 and lines[-1].last - lines[-1].first <= _LONGEST_ATTRIBUTION:
        attribution = lines.pop()
    first, last = unquote(stream, *strip_edges(stream, lines[0].first, lines[-1].last))
    if last - first < 3:
        return None
    mention = _attributed(stream, attribution) if attribution is not None else None
    return Found(None, "", "neutral", "pull_quote", (first, last), mention, clause=first)


def _attributed(stream: Stream, line: Paragraph) -> Mention | None:
    """The attribution line as a mention; a title without a name points back."""
    mention = read_mention(stream, line.first, line.last)
    if mention is None and is_title(stream.words[line.first]):
        return Mention(line.first, line.last, "person", "nominal", None, False, line.last)
    return mention
