"""Statements: who said what in an Arabic news text, found by a lexicon and named frames."""

from app.extract.statements.assembly import EXTRACTOR_VERSION, extract_statements

__all__ = ["EXTRACTOR_VERSION", "extract_statements"]
