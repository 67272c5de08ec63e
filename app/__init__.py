"""Qawl: a corpus of Arabic news, and the statements in it, over HTTP."""

__version__ = "0.2.0"
