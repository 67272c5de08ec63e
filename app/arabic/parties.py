"""Parties: to which organisation the listed actors of the conflict belong.

The list is data (`app/arabic/data/parties.tsv`), with dates and sources; only the organisation is used here.
"""

from functools import cache
from pathlib import Path

from app.arabic.lists import entries
from app.arabic.names import name_key

_PARTIES = Path(__file__).parent / "data" / "parties.tsv"


def party_of(name: str) -> str | None:
    """The name of the organisation that a listed actor belongs to. One that others belong to belongs to itself."""
    return _parties().get(name_key(name))


@cache
def _parties() -> dict[str, str]:
    rows = [line.split("\t") for line in entries(_PARTIES)]
    belongs = {name_key(member): party for member, party, *_ in rows}
    return {name_key(party): party for party in belongs.values()} | {
        member: _highest(party, belongs) for member, party in belongs.items()
    }


def _highest(party: str, belongs: dict[str, str]) -> str:
    """What the party itself belongs to, and so on: members of a member are members."""
    above = belongs.get(name_key(party))
    return _highest(above, belongs) if above else party
