"""A process that runs the servers until its standard input ends: `python -m tests.embedded.owner FOLDER [lasting]`."""

import dataclasses
import json
import sys
from pathlib import Path

from app.embedded import servers
from app.errors import QawlError
from app.settings import Settings

CACHE = Path(__file__).parent.parent.parent / "var" / "cache"

try:
    with servers(
        Settings(data_dir=Path(sys.argv[1]), cache_dir=CACHE),
        search="postgres" not in sys.argv,
        lasting="lasting" in sys.argv,
        durable=False,
    ) as running:
        print(json.dumps(dataclasses.asdict(running)), flush=True)
        sys.stdin.read()
except QawlError as error:
    sys.exit(f"{type(error).__name__}: {error}")
