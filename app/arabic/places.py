"""The gazetteer: Syria's governorates, districts, sub-districts, towns and villages, under all their names.

The list is data (`app/arabic/data/places.tsv.gz`, sources in its README); a place is known by its OCHA P-code.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

PlaceKind = Literal["governorate", "district", "subdistrict", "community"]

_DATA = Path(__file__).parent / "data" / "places.tsv.gz"


class Place(NamedTuple):
    """One place. `within` is the P-code of what it lies in, None for a governorate; population 0 is unknown."""

    pcode: str
    kind: PlaceKind
    name_ar: str
    name_en: str
    variants: tuple[str, ...]
    within: str | None
    lon: float | None
    lat: float | None
    population: int

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the Arabic one first, in Arabic and in Latin letters."""
        return (self.name_ar, self.name_en, *self.variants)


@cache
def places() -> dict[str, Place]:
    """Every place by its P-code: what lies in another comes after it."""
    return {place.pcode: place for place in _read()}


def lineage(pcode: str) -> tuple[str, ...]:
    """The P-codes of a place and of all that it lies in, the governorate first."""
    within = places()[pcode].within
    return (*lineage(within), pcode) if within else (pcode,)


def _read() -> Iterator[Place]:
    with gzip.open(_DATA, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield _place(*line.rstrip("\n").split("\t"))


def _place(
    pcode: str, kind: str, name_ar: str, name_en: str, others: str, within: str, lon: str, lat: str, people: str
) -> Place:
    variants = tuple(others.split("|")) if others else ()
    east, north = (float(lon), float(lat)) if lon and lat else (None, None)
    return Place(
        pcode, cast(PlaceKind, kind), name_ar, name_en, variants, within or None, east, north, int(people or 0)
    )
