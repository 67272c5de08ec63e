"""`make bench`: every figure beside a reference point measured in the same run, with the ratio of the two."""

from tests.bench import api, indexing, ingest, reading, search

reading.run()
ingest.run()
api.run()
indexing.run()
search.run()
