"""`make bench`: every figure beside a reference point measured in the same run, with the ratio of the two."""

from tests.bench import api, reading, search

reading.run()
api.run()
search.run()
