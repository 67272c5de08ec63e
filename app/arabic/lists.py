"""Lists as data: files of one entry a line, in which `#` begins a comment."""

from pathlib import Path


def entries(file: Path) -> list[str]:
    """The lines of a list that say something, in order; a table's columns are separated by tabs."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
