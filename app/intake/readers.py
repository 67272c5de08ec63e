"""Reading processes: pages are read beside the event loop, and a page that breaks its reader breaks nothing else."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from types import TracebackType

from app.errors import SetupError
from app.intake.raw_page import RawPage, Refused
from app.intake.reader import LENGTH, PAGE_SECONDS, answer_in, message
from app.intake.reading import Reading
from app.logs import log

START_SECONDS = 60.0
STARTS = 5
END_SECONDS = 5.0
# -P: a folder `app` where the command happens to be run is not ours.
COMMAND = (sys.executable, "-P", "-c", "from app.intake.reader import main; main()")

_log = log(__name__)


class Readers:
    """`count` reading processes, each started when it is first needed and again when it was lost."""

    def __init__(self, count: int, *, page_seconds: float = PAGE_SECONDS) -> None:
        self._page_seconds = page_seconds
        self._readers = [_Reader() for _ in range(count)]
        self._idle: asyncio.LifoQueue[_Reader] = asyncio.LifoQueue()
        for reader in self._readers:
            self._idle.put_nowait(reader)

    async def __aenter__(self) -> "Readers":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(reader.stop() for reader in self._readers))

    async def read(self, page: RawPage) -> Reading | Refused:
        """Read a page as soon as a reader is free; one that takes too long or breaks its reader is unreadable.

        Raises SetupError when a reader cannot start.
        """
        reader = await self._idle.get()
        try:
            return await self._read(reader, page)
        finally:
            self._idle.put_nowait(reader)

    async def _read(self, reader: "_Reader", page: RawPage) -> Reading | Refused:
        ended = ""
        # Twice, for a reader may also end through no fault of the page: killed by hand, or for want of memory.
        for _ in range(2):
            try:
                async with asyncio.timeout(self._page_seconds + START_SECONDS * (not reader.running)):
                    return await reader.read(page)
            except TimeoutError:
                await reader.stop()
                return Refused("unreadable", f"reading took longer than {self._page_seconds:g} s")
            except (EOFError, ConnectionError):
                ended = f"the reading process ended with code {await reader.ended()}"
                _log.warning("reader_lost", page=page.name, how=ended)
            except BaseException:
                await reader.stop()
                raise
        return Refused("unreadable", ended)


class _Reader:
    """One reading process, or the place for one."""

    _process: Process | None = None

    @property
    def running(self) -> bool:
        return self._process is not None

    async def read(self, page: RawPage) -> Reading | Refused:
        """Raises EOFError or ConnectionError when the process ends before it has answered."""
        process = self._process or await self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(message(page))
        await process.stdin.drain()
        return answer_in(await _received(process.stdout))

    async def _start(self) -> Process:
        code: int | None = None
        for _ in range(STARTS):
            self._process = process = await asyncio.create_subprocess_exec(
                *COMMAND, stdin=PIPE, stdout=PIPE, limit=2**20
            )
            assert process.stdout is not None
            try:
                await _received(process.stdout)
            except EOFError:
                code = await self.ended()
            else:
                return process
            if code is None or code >= 0:  # else somebody killed it, which says nothing of the next one
                break
        raise SetupError(f"a reading process cannot start: it ended with code {code}")

    async def stop(self) -> int | None:
        """End the process at once; its exit code, negative for a signal, or None when there was none."""
        process, self._process = self._process, None
        if process is None:
            return None
        if process.returncode is None:
            process.kill()
        return await process.wait()

    async def ended(self) -> int | None:
        """The exit code of a process that has closed its end of the pipes, and is about to end or gone."""
        if self._process is not None:
            # Killed now, before asyncio has seen its end, it would have no code of its own any more.
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), END_SECONDS)
        return await self.stop()


async def _received(stream: asyncio.StreamReader) -> bytes:
    (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
    return await stream.readexactly(length)
