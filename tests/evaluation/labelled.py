"""Labels that live here as offsets alone, put together with their articles, which stay beside the project.

`python -m tests.evaluation.labelled add LABELS.json --set dev` takes labels written as strings and keeps their offsets;
`… gold dev` prints a set with its texts, as the reference scorer reads it.
"""

import argparse
import gzip
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tests.evaluation.labels import Document, Span, document_of, outside_folder

LABELS = Path(__file__).parent / "labels"
ARTICLES = "articles_2015.jsonl.gz"
SETS = ("dev", "unseen")
SPEAKER_KINDS = ("person", "organisation", "document", "anonymous")


class Statement(msgspec.Struct, forbid_unknown_fields=True):
    """One label; spans are code points into the article's text, end exclusive."""

    content: Span
    type: str
    speaker_kind: str
    speaker_name: Span | str
    alt_content: list[Span] = []
    cue: Span | None = None
    speaker: Span | None = None
    role: Span | None = None
    addressee: Span | None = None
    optional: bool = False


class Article(msgspec.Struct, forbid_unknown_fields=True):
    """The labels of one article; `id` is snn-N, N its line in the file of articles, from 0."""

    id: str
    sha256: str
    statements: list[Statement]


def articles_file() -> Path:
    """Where the articles are: in `QAWL_ARTICLES_DIR`, else in ../shared/data."""
    folder = Path(os.environ.get("QAWL_ARTICLES_DIR", Path(__file__).parents[3] / "shared" / "data"))
    return folder / ARTICLES


def labels_file(name: str) -> Path:
    """The committed labels of the set `dev` or `unseen`."""
    return LABELS / f"{name}.jsonl"


def labelled_documents(name: str) -> list[Document]:
    """A set's articles with their labels; ValueError where a text is not the one that was labelled."""
    return [document_of(record) for record in gold(read(name))]


def gold(articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Records as the reference scorer reads them: text and statements, names as strings.

    ValueError where a text is not there, or is not the one that was labelled.
    """
    texts = _texts({article.id for article in articles})
    return [_record(article, texts[article.id]) for article in articles]


def read(name: str) -> list[Article]:
    """The labels of a set alone, without texts."""
    path = labels_file(name)
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [msgspec.json.decode(line, type=Article) for line in lines]


def add(labels: Path, name: str) -> int:
    """Adds articles labelled with strings to a set, in place of earlier labels of the same articles; their number.

    ValueError where a string does not stand in its text, or an article is in the other set already.
    """
    written: dict[str, list[dict[str, Any]]] = msgspec.json.decode(labels.read_bytes())
    texts = _texts(set(written))
    for other in SETS:
        if other != name and (both := set(written) & {article.id for article in read(other)}):
            raise ValueError(f"{', '.join(sorted(both))}: already in the set {other}, and the sets share no article")
    added = [_article(record) for record in _checked(written, texts)]
    kept = [article for article in read(name) if article.id not in written]
    lines = [msgspec.json.encode(article) + b"\n" for article in sorted(kept + added, key=lambda one: _line(one.id))]
    partial = labels_file(name).with_suffix(".partial")
    partial.write_bytes(b"".join(lines))
    partial.replace(labels_file(name))
    return len(added)


def _texts(ids: set[str]) -> dict[str, str]:
    """The texts of articles by id; ValueError when one is not in the file."""
    wanted = {_line(id): id for id in ids}
    with gzip.open(articles_file()) as file:
        texts = {wanted[n]: msgspec.json.decode(line)["text"] for n, line in enumerate(file) if n in wanted}
    if missing := ids - set(texts):
        raise ValueError(f"not in {articles_file()}: {', '.join(sorted(missing))}")
    return texts


def _line(id: str) -> int:
    source, _, number = id.partition("-")
    if source != "snn" or not number.isdecimal():
        raise ValueError(f"an id is snn-N, N a line of {ARTICLES} counted from 0; it is {id!r}")
    return int(number)


def _record(article: Article, text: str) -> dict[str, Any]:
    if _digest(text) != article.sha256:
        raise ValueError(f"{article.id}: the text in {articles_file()} is not the one that was labelled")
    statements = [_statement(one, text) for one in article.statements]
    return {"id": article.id, "text": text, "statements": statements}


def _statement(one: Statement, text: str) -> dict[str, Any]:
    name = one.speaker_name
    record: dict[str, Any] = msgspec.to_builtins(one)
    return record | {"speaker_name": name if isinstance(name, str) else text[slice(*name)]}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _checked(written: dict[str, list[dict[str, Any]]], texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What `label.py` makes of the labels; ValueError with its findings when there are any."""
    with tempfile.TemporaryDirectory() as folder:
        documents, labels, out = (Path(folder) / name for name in ("documents", "labels", "out"))
        rows = ({"id": id, "set": "", "source": "", "title": "", "text": text} for id, text in texts.items())
        documents.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        labels.write_bytes(msgspec.json.encode(written))
        command = [sys.executable, str(outside_folder() / "label.py"), str(documents), str(labels), str(out)]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode or not ran.stdout.strip().endswith("problems 0"):
            raise ValueError(ran.stdout + ran.stderr)
        yield from (msgspec.json.decode(line) for line in out.read_bytes().splitlines())


def _article(record: dict[str, Any]) -> Article:
    text = record["text"]
    statements = []
    for one in record["statements"]:
        near = (one["cue"] or one["content"])[0]
        one["addressee"] = _nearest(text, one["addressee"], near) if one["addressee"] else None
        name = one["speaker_name"]
        one["speaker_name"] = _nearest(text, name, near) if name in text else name
        fields = {key: value for key, value in one.items() if key in Statement.__struct_fields__}
        statements.append(msgspec.convert(fields, type=Statement))
        if statements[-1].speaker_kind not in SPEAKER_KINDS:
            raise ValueError(f"{record['id']}: speaker_kind is {one['speaker_kind']!r}, not one of {SPEAKER_KINDS}")
    return Article(record["id"], _digest(text), statements)


def _nearest(text: str, wanted: str, near: int) -> Span:
    """Where `wanted` stands nearest to `near`; ValueError when it stands nowhere."""
    starts = [start for start in range(len(text)) if text.startswith(wanted, start)]
    if not starts:
        raise ValueError(f"{wanted!r} does not stand in the text")
    start = min(starts, key=lambda start: abs(start - near))
    return start, start + len(wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="keep the offsets of labels written as strings")
    adding.add_argument("file", type=Path, help='{"snn-N": [label, ...]}, labels as label.py describes them')
    adding.add_argument("--set", choices=SETS, required=True)
    commands.add_parser("gold", help="print a set with its texts").add_argument("set", choices=SETS)
    given = parser.parse_args()
    try:
        if given.command == "add":
            print(f"{add(given.file, given.set)} articles; measure the floors of labels/{given.set}.jsonl anew")
        else:
            sys.stdout.buffer.writelines(msgspec.json.encode(record) + b"\n" for record in gold(read(given.set)))
    except (OSError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
