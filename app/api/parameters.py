"""Parameters that several routes share."""

from typing import Annotated

from fastapi import Path

from app.corpus.filters import Filter


class NoParameters(Filter):
    """Nothing may be asked but the path: a mistyped parameter is refused here too."""


ArticleId = Annotated[str, Path(max_length=100, description="id of an article", examples=["c1030b83f35930ce725a0119"])]
StatementId = Annotated[
    str, Path(max_length=100, description="id of a statement", examples=["7e4f6321d5dcd5024c396c55"])
]
Pcode = Annotated[str, Path(max_length=20, description="P-code of a place, as OCHA gives them", examples=["C1767"])]
SpeakerId = Annotated[str, Path(max_length=100, description="id of a speaker", examples=["007e03e43877a159d6965000"])]
