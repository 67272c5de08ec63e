"""Places: where an article's paragraphs name a place in Syria, found by a gazetteer and the words around."""

from app.extract.places.finding import find_places

__all__ = ["find_places"]
