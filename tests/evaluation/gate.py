"""Floors: what each labelled set must give at least, and the rule that one is lowered only with a reason."""

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parent / "floors.toml"


def floors_of(name: str, path: Path = FLOORS) -> list[dict[str, Any]]:
    """The entries of one set, the newest first; KeyError for a set without floors."""
    entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[name]["floors"]
    return entries


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 over the bytes of all files, in the order given."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def fallen(floors: dict[str, Any], measures: dict[str, float]) -> list[str]:
    """One sentence for each measure that lies below its floor."""
    return [
        f"{name} is {measures[name]}, the floor is {floor}"
        for name, floor in floors.items()
        if name not in ("sha256", "reason") and measures[name] < floor
    ]


def unexplained(entries: Sequence[dict[str, Any]]) -> list[str]:
    """One sentence for each newest floor that is below an earlier one, or gone, without a written reason."""
    newest, *earlier = entries
    if str(newest.get("reason", "")).strip():
        return []
    faults = []
    for entry in earlier:
        for name, floor in entry.items():
            if name in ("sha256", "reason"):
                continue
            if name not in newest or newest[name] < floor:
                faults.append(f"{name} was {floor} and is now {newest.get(name, 'gone')}")
    if earlier and earlier[0]["sha256"] != newest["sha256"]:
        faults.append("the data changed")
    return faults
