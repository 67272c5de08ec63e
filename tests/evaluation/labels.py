"""Labelled texts in one shape: our own (strings) and those beside the project (offsets)."""

import os
from pathlib import Path
from typing import Any

import msgspec

Span = tuple[int, int]


class Label(msgspec.Struct):
    """A statement as a careful reader sees it; spans are code points into the document's text."""

    content: Span
    kind: str
    speaker: str
    cue: Span | None = None
    alternatives: list[Span] = []
    optional: bool = False


class Document(msgspec.Struct):
    """A text with all of its statements."""

    id: str
    text: str
    labels: list[Label]


class _Written(msgspec.Struct):
    content: str
    kind: str
    speaker: str
    cue: str | None = None
    near: str | None = None
    role: str | None = None
    addressee: str | None = None
    optional: bool = False


class _OwnFile(msgspec.Struct):
    id: str
    about: str
    text: str
    statements: list[_Written]


class _Outside(msgspec.Struct):
    content: Span
    type: str
    speaker_name: str | None = None
    cue: Span | None = None
    alt_content: list[Span] = []
    optional: bool = False


class _OutsideLine(msgspec.Struct):
    id: str
    text: str
    statements: list[_Outside]


def outside_folder() -> Path:
    """Where the labelled articles beside the project are: `QAWL_EVALUATION_DIR`, else ../shared/evaluation."""
    return Path(os.environ.get("QAWL_EVALUATION_DIR", Path(__file__).parents[3] / "shared" / "evaluation"))


def own_documents(folder: Path) -> list[Document]:
    """The labelled texts of `folder`, in the order of their names; ValueError when a label does not stand there."""
    files = [msgspec.json.decode(path.read_bytes(), type=_OwnFile) for path in sorted(folder.glob("*.json"))]
    return [Document(file.id, file.text, [_placed(file, label) for label in file.statements]) for file in files]


def outside_documents(path: Path) -> list[Document]:
    """The lines of a labelled file with offsets, in the form of those beside the project."""
    return [document_of(msgspec.json.decode(line)) for line in path.read_bytes().splitlines() if line.strip()]


def document_of(record: dict[str, Any]) -> Document:
    """A record with a text and offsets; msgspec.ValidationError where it is none."""
    line = msgspec.convert(record, type=_OutsideLine)
    return Document(line.id, line.text, [_label(one) for one in line.statements])


def _label(one: _Outside) -> Label:
    return Label(one.content, one.type, one.speaker_name or "", one.cue, one.alt_content, one.optional)


def _placed(file: _OwnFile, label: _Written) -> Label:
    near = label.near or file.text
    offset = file.text.index(near)
    content = _find(file.id, near, label.content, offset)
    cue = None
    if label.cue is not None:
        # The cue nearest to the content: the same verb may stand in the text twice.
        starts = [i for i in range(len(near)) if near.startswith(label.cue, i)]
        if not starts:
            raise ValueError(f"{file.id}: the cue {label.cue!r} does not stand in the text")
        start = offset + min(starts, key=lambda i: abs(offset + i - content[0]))
        cue = (start, start + len(label.cue))
    return Label(content, label.kind, label.speaker, cue, [], label.optional)


def _find(id: str, text: str, wanted: str, offset: int) -> Span:
    if text.count(wanted) != 1:
        raise ValueError(f"{id}: {wanted!r} stands {text.count(wanted)} times in the text, once is needed")
    start = offset + text.index(wanted)
    return start, start + len(wanted)
