"""`make bench`: every figure beside a reference point measured in the same run, with the ratio of the two."""

import asyncio
import sys

from tests.bench import api, reading


def main() -> None:
    reading.run()
    asyncio.run(api.run())


if __name__ == "__main__":
    sys.exit(main())
