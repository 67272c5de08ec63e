"""Why a page cannot become an article."""

from app.corpus.fields import RejectReason


class PageRejected(Exception):
    """The page was read and is none. `reason` is for counting, `detail` says what was expected and what came."""

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
