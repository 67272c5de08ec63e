"""Parameters that several routes share."""

from typing import Annotated

from fastapi import Path

from app.corpus.filters import Filter


class NoParameters(Filter):
    """Nothing may be asked but the path: a mistyped parameter is refused here too."""


ArticleId = Annotated[str, Path(max_length=100, description="id of an article", examples=["a3f1c09be2d47785"])]
StatementId = Annotated[str, Path(max_length=100, description="id of a statement", examples=["5b0e7d9914c2fa60"])]
Pcode = Annotated[str, Path(max_length=20, description="P-code of a place, as OCHA gives them", examples=["C1767"])]
SpeakerId = Annotated[str, Path(max_length=100, description="id of a speaker", examples=["9d2c5f30aa1b6e44"])]
