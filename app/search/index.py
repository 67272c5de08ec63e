"""Meilisearch's indexes seen from the side that writes them: every change is waited for until it is done.

Meilisearch accepts a change first and makes it later; only a task that `succeeded` counts as done here.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import Task, TaskInfo

from app.errors import QawlError, Unavailable
from app.search.documents import Document
from app.search.engine import Entity
from app.search.index_settings import settings_of

REQUEST_SECONDS = 30
# How often a task is looked at: at first often, since a small change takes some hundredths of a second.
FIRST_LOOK_SECONDS, LAST_LOOK_SECONDS = 0.01, 0.5
PAGE = 1_000
Result = TypeVar("Result")


class TaskFailed(QawlError):
    """Meilisearch accepted a change and could not make it."""


class Indexes:
    """A Meilisearch server's indexes. Every method raises Unavailable when the server does not answer."""

    def __init__(self, url: str, key: str | None) -> None:
        # The official client has no time limit of its own, and is used by one thread at a time.
        self._client = meilisearch.Client(url, key, timeout=REQUEST_SECONDS)
        self._turn = asyncio.Lock()

    async def exists(self, uid: str) -> bool:
        """Whether there is such an index."""
        return await self._found(lambda: self._client.get_raw_index(uid)) is not None

    async def create(self, uid: str, entity: Entity) -> list[TaskInfo]:
        """A new, empty index with today's settings; one of that name is dropped first."""
        await self.drop(uid)
        settings = settings_of(entity)
        index = self._client.index(uid)
        return [
            await self._ask(lambda: self._client.create_index(uid, {"primaryKey": "id"})),
            await self._ask(lambda: index.update_settings(settings)),
            # An attribute that no document ever had cannot be searched: one document with all of them comes and goes.
            *await self.put(uid, [{"id": "every-attribute", **dict.fromkeys(settings["searchableAttributes"], "")}]),
            *await self.remove(uid, "id EXISTS"),
        ]

    async def put(self, uid: str, documents: Sequence[Document]) -> list[TaskInfo]:
        """Add these documents, or put them in the place of those with their ids."""
        if not documents:
            return []
        return [await self._ask(lambda: self._client.index(uid).add_documents(documents))]

    async def remove(self, uid: str, condition: str) -> list[TaskInfo]:
        """Remove the documents that a filter finds."""
        return [await self._ask(lambda: self._client.index(uid).delete_documents(filter=condition))]

    async def done(self, tasks: Iterable[TaskInfo]) -> None:
        """Wait until these changes are made. Raises TaskFailed when one was not."""
        for info in tasks:
            task = await self._finished(info.task_uid)
            if task.status != "succeeded":
                reason = (task.error or {}).get("message", task.status)
                raise TaskFailed(f"Meilisearch could not make a change ({task.type}): {reason}")

    async def _finished(self, uid: int) -> Task:
        pause = FIRST_LOOK_SECONDS
        while (task := await self._ask(lambda: self._client.get_task(uid))).status in _UNDER_WAY:
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LAST_LOOK_SECONDS)
        return task

    async def move(self, pairs: Mapping[str, str]) -> None:
        """Put new indexes in the places of old ones, all at once; what stood there is dropped afterwards."""
        swaps: list[Mapping[str, list[str] | bool]] = []
        for place, new in pairs.items():
            swaps.append({"indexes": [new, place], "rename": not await self.exists(place)})
        await self.done([await self._ask(lambda: self._client.swap_indexes(swaps))])
        for new in pairs.values():
            await self.drop(new)

    async def drop(self, uid: str) -> None:
        """Remove an index if there is one."""
        if await self.exists(uid):
            await self.done([await self._ask(lambda: self._client.delete_index(uid))])

    async def count(self, uid: str) -> int | None:
        """How many documents an index has; None where there is no such index."""
        stats = await self._found(lambda: self._client.index(uid).get_stats())
        return None if stats is None else int(stats.number_of_documents)

    async def ids(self, uid: str) -> set[str]:
        """The ids of all documents of an index."""
        found: set[str] = set()
        while True:
            page = await self._ask(lambda: self._page(uid, len(found)))
            found.update(page)
            if len(page) < PAGE:
                return found

    def _page(self, uid: str, offset: int) -> list[str]:
        page = self._client.index(uid).get_documents({"fields": ["id"], "limit": PAGE, "offset": offset})
        return [dict(document)["id"] for document in page.results]

    async def _found(self, question: Callable[[], Result]) -> Result | None:
        try:
            return await self._ask(question)
        except _NotThere:
            return None

    async def _ask(self, question: Callable[[], Result]) -> Result:
        async with self._turn:
            with _in_our_words():
                return await asyncio.to_thread(question)


_UNDER_WAY = ("enqueued", "processing")


class _NotThere(QawlError):
    """There is no such index."""


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except MeilisearchApiError as failure:
        if failure.code == "index_not_found":
            raise _NotThere(str(failure)) from failure
        if failure.status_code >= 500:
            raise Unavailable(f"Meilisearch answers {failure.status_code}: {failure}") from failure
        raise TaskFailed(f"Meilisearch refuses a change: {failure}") from failure
    except MeilisearchError as failure:
        raise Unavailable(f"Meilisearch does not answer: {failure}") from failure
