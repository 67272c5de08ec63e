"""How well statements are found in labelled articles: `python -m tests.evaluation.statements [--without-unseen]`."""

import argparse
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.corpus.fields import Statement
from app.extract.statements import extract_statements
from tests.evaluation.labelled import SETS, articles_file, labelled_documents
from tests.evaluation.labels import Document, outside_documents, outside_folder, own_documents
from tests.evaluation.scorer import LEVELS, Score, score

HERE = Path(__file__).parent
OWN_HARD_CASES = tuple(HERE / f"hard_cases_{name}.jsonl" for name in ("own", "unseen"))
OUTSIDE_FILES = ("statements.dev.jsonl", "hard_cases.dev.jsonl")
_BINS = (0.0, 0.6, 0.75, 0.85, 0.9, 0.94, 1.01)


def read_all(documents: Sequence[Document]) -> list[tuple[Document, list[Statement]]]:
    """Every document with the statements found in it."""
    return [(document, extract_statements(document.text)) for document in documents]


def words_a_second(documents: Sequence[Document]) -> float:
    """Words of running text read in a second of one core's time, from plain text to statements."""
    words = sum(len(document.text.split()) for document in documents)
    start = time.process_time()
    for document in documents:
        extract_statements(document.text)
    return words / (time.process_time() - start)


def main() -> None:
    """Prints the scores of all labelled sets, how far confidence can be trusted, and the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    # Who writes rules does not look: a set whose totals are seen with every rule is no longer unseen.
    parser.add_argument("--without-unseen", action="store_true", help="leave out the sets that are only ever scored")
    without_unseen = parser.parse_args().without_unseen
    console = Console()
    sets = {"own": own_documents(HERE / "labelled")} | {file.name: outside_documents(file) for file in OWN_HARD_CASES}
    for name in OUTSIDE_FILES:
        path = outside_folder() / name
        if path.exists():
            sets[name] = outside_documents(path)
        else:
            console.print(f"[yellow]Not scored: {path} is not there (QAWL_EVALUATION_DIR says where to look).[/yellow]")
    if articles_file().exists():
        sets |= {f"labels/{name}.jsonl": labelled_documents(name) for name in SETS}
    else:
        console.print(f"[yellow]Not scored: labels/ needs {articles_file()} (QAWL_ARTICLES_DIR says where).[/yellow]")
    if without_unseen:
        sets = {name: documents for name, documents in sets.items() if "unseen" not in name}
    for name, documents in sets.items():
        result = score(read_all(documents))
        console.print(_table(name, result))
        if len(documents) > 20:
            console.print(_reliability(result))
    largest = max(sets.values(), key=lambda documents: sum(len(d.text) for d in documents))
    console.print(f"{words_a_second(largest):,.0f} words a second on one core")


def _table(name: str, result: Score) -> Table:
    table = Table(title=f"{name}: {result.labelled} labelled, {result.found} found", title_justify="left")
    for column in ("", "precision", "recall", "F1"):
        table.add_column(column, justify="left" if not column else "right")
    for level in (*LEVELS, "whole"):
        table.add_row(level, *(f"{value(level):.1f}" for value in (result.precision, result.recall, result.f1)))
    for what in ("speaker", "kind", "cue"):
        table.add_row(f"{what} right", f"{result.accuracy(what):.1f}", "", "")
    return table


def _reliability(result: Score) -> Table:
    table = Table(title="Confidence: what it says and what holds (strict)", title_justify="left")
    for column in ("confidence", "statements", "right"):
        table.add_column(column, justify="right")
    for low, high in pairwise(_BINS):
        held = [right for confidence, right in result.confidences if low <= confidence < high]
        if held:
            table.add_row(f"{low:.2f} to {min(high, 1):.2f}", str(len(held)), f"{100 * sum(held) / len(held):.1f} %")
    sure = [right for confidence, right in result.confidences if confidence >= 0.9]
    if sure:
        table.add_row("0.90 or more", str(len(sure)), f"{100 * sum(sure) / len(sure):.1f} %")
    return table


if __name__ == "__main__":
    main()
