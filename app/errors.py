"""Every error that a user of Qawl can meet, as one tree.

QawlError
├── InvalidRequest        400  syntax: a forged cursor, bytes that are not UTF-8
├── InvalidValue          422  a parameter or field whose value makes no sense
├── NotFound              404
├── MethodNotAllowed      405  a path that does not have this method
├── NotAcceptable         406  a client that wants another media type than there is
├── Gone                  410  there was one, and it was deleted
├── TooLarge              413  more bytes were sent than are taken at once
├── UnsupportedMediaType  415  what was sent is of no kind that can be read
├── Unauthorized          401  no key, or an unknown, expired or revoked one
├── Forbidden             403  a valid key that does not open this door
├── TooManyRequests       429  the caller has spent what may be asked in a minute
├── Unavailable           503  a server that Qawl depends on does not answer
├── Busy                  503  as much as may go on at the same time is going on
└── SetupError            500  this machine or its settings: a busy port, a missing binary
"""

from typing import ClassVar


class QawlError(Exception):
    """Says in one sentence what was expected, what came and where.

    `status` is the HTTP status, `slug` the last part of the problem type's URI, `title` the same for every
    error of the class; the message of the exception is the problem's `detail`.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Internal error"


class InvalidRequest(QawlError):
    status = 400
    slug = "invalid-request"
    title = "The request cannot be read"


class InvalidValue(QawlError):
    status = 422
    slug = "invalid-value"
    title = "A value is not valid"


class NotFound(QawlError):
    status = 404
    slug = "not-found"
    title = "Not found"


class MethodNotAllowed(QawlError):
    status = 405
    slug = "method-not-allowed"
    title = "The path does not have this method"


class NotAcceptable(QawlError):
    status = 406
    slug = "not-acceptable"
    title = "There is no answer of this media type"


class Gone(QawlError):
    status = 410
    slug = "gone"
    title = "Deleted"


class TooLarge(QawlError):
    status = 413
    slug = "too-large"
    title = "More was sent than is taken at once"


class UnsupportedMediaType(QawlError):
    status = 415
    slug = "unsupported-media-type"
    title = "What was sent is of no kind that can be read"


class Unauthorized(QawlError):
    status = 401
    slug = "unauthorized"
    title = "A valid API key is needed"


class Forbidden(QawlError):
    status = 403
    slug = "forbidden"
    title = "This API key does not open this door"


class TooManyRequests(QawlError):
    status = 429
    slug = "too-many-requests"
    title = "Too many requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after  # seconds


class Unavailable(QawlError):
    status = 503
    slug = "unavailable"
    title = "A server that Qawl depends on does not answer"


class Busy(QawlError):
    status = 503
    slug = "busy"
    title = "As much of this as may go on at the same time is going on"


class SetupError(QawlError):
    slug = "setup"
    title = "Qawl cannot start on this machine as it is set up"
