"""The tables of the corpus. Rows are built from validated fields; nothing here validates by itself.

Times are UTC. Offsets are Unicode code points into `article.text`, end exclusive; triggers made by the
migrations refuse a statement or a mention whose stored words do not stand at its offsets.
"""

# Tables refer to each other by name: whoever knows one room has to know all.
from app.corpus.tables import articles, names, search, work

__all__ = ["articles", "names", "search", "work"]
