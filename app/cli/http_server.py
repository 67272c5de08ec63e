"""The HTTP server around the application: uvicorn, with its surprises taken out."""

import errno
import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote_from_bytes

import httptools
import msgspec
import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import InvalidRequest, QawlError, SetupError

# What is under way at a stop may end within this time; what takes longer is cut off.
LAST_ANSWERS_SECONDS = 10
Application = Callable[[Any, Any, Any], Awaitable[None]]
# Bytes of a request line that stay as they are.
ASCII = "".join(map(chr, range(0x20, 0x7F)))
OFFER_OF_UPGRADE = {b"upgrade", b"http2-settings"}


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a busy port is known before anything heavy starts. SetupError if not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        # Bound is not taken: only a listening socket keeps a second one away from the port.
        listening.listen()
    except OSError as error:
        raise SetupError(_no_listening(host, port, error)) from None
    return listening


def _no_listening(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use by another program: stop it, or set QAWL_PORT to a free port"
    if error.errno == errno.EACCES:
        return f"port {port} on {host} is not allowed to this user: set QAWL_PORT to one above 1023"
    return f"{host} is not an address of this machine to listen on ({error.strerror}): set QAWL_HOST"


class UpgradeDeclined(HttpToolsProtocol):
    """HTTP/1.1 that keeps the body of a request that offers to change the protocol.

    Java's HttpClient offers HTTP/2 with each first request of a connection (`Upgrade: h2c`). httptools stops reading
    there, and uvicorn answers as if the request had no body. RFC 9110 (7.8) lets a server ignore the offer: so the
    request is read again without it. Only this parser reads fast enough; h11 takes three times as long.
    """

    amid = False  # between the first and the last byte of a request
    ended = 0  # requests read whole

    def on_headers_complete(self) -> None:
        if not self.parser.should_upgrade():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self.parser.should_upgrade():
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self.parser.should_upgrade():
            self.amid = False
            self.ended += 1
            super().on_message_complete()

    def on_message_begin(self) -> None:
        self.amid = True
        super().on_message_begin()

    def data_received(self, data: bytes) -> None:
        """Read what came.

        Arabic that comes unencoded in an address, as people type it after `curl`, is percent-encoded and read again;
        only where the request line is the first thing in `data`, or a body could be taken for a request.
        """
        self._unset_keepalive_if_required()
        first, ended = not self.amid, self.ended
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            head = self._head_without_offer()
            self.parser = httptools.HttpRequestParser(self)
            self.data_received(head + data[offer.args[0] :])
        except httptools.HttpParserInvalidURLError:
            line, end, rest = data.partition(b"\r\n")
            if line.isascii() or not (end and first and ended == self.ended):
                self.send_400_response("the address cannot be read: percent-encode what is not ASCII")
                return
            self.parser = httptools.HttpRequestParser(self)
            self.data_received(quote_from_bytes(line, safe=ASCII).encode() + end + rest)
        except httptools.HttpParserError:
            self.send_400_response("this is not HTTP")

    def send_400_response(self, msg: str) -> None:
        """What is no request is answered as every other error is: by a problem."""
        problem = {"type": f"/problems/{InvalidRequest.slug}", "title": InvalidRequest.title, "status": 400}
        body = msgspec.json.encode({**problem, "detail": msg})
        head = (
            "HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _head_without_offer(self) -> bytes:
        lines = [self.parser.get_method(), b" ", self.url, b" HTTP/", self.parser.get_http_version().encode(), b"\r\n"]
        for name, value in self.headers:
            if name == b"connection":
                named = [token.strip() for token in value.split(b",")]
                value = b", ".join(token for token in named if token.lower() not in OFFER_OF_UPGRADE)
            if value and name not in OFFER_OF_UPGRADE:
                lines += [name, b": ", value, b"\r\n"]
        return b"".join([*lines, b"\r\n"])


class Server(uvicorn.Server):
    """Uvicorn that tells when it serves, and in one sentence why it does not."""

    def __init__(self, app: Application, *, on_ready: Callable[[], None], trusted_proxies: str = "") -> None:
        self.on_ready = on_ready
        self.failure: QawlError | None = None
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        logging.getLogger("uvicorn.error").addFilter(lambda line: "startup failed" not in line.getMessage())
        super().__init__(
            uvicorn.Config(
                self._telling(app),
                http=UpgradeDeclined,
                ws="none",
                lifespan="on",
                interface="asgi3",
                log_config=None,
                access_log=False,  # it would hold the words that people search for
                server_header=False,
                proxy_headers=bool(trusted_proxies),
                forwarded_allow_ips=trusted_proxies,
                timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
            )
        )

    def serve_on(self, listening: socket.socket) -> None:
        """Serve until SIGINT or SIGTERM, which uvicorn raises again once it has shut down. SetupError, Unavailable."""
        try:
            self.run(sockets=[listening])
        except (KeyboardInterrupt, SystemExit) as end:
            if self.failure is not None:
                raise self.failure from None
            if isinstance(end, SystemExit) and end.code == STARTUP_FAILURE:
                raise SetupError("the API did not start; the reason stands in the log above") from None
            if not self.started:
                raise

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.on_ready()

    def _telling(self, app: Application) -> Application:
        """The application, whose `QawlError` at its start is kept for us instead of being logged as a traceback."""

        async def start(scope: Any, receive: Any, send: Any) -> None:
            report: dict[str, Any] = {"type": "lifespan.startup.failed"}

            async def send_unless_failed(message: dict[str, Any]) -> None:
                if message["type"] == report["type"]:
                    report.update(message)
                else:
                    await send(message)

            try:
                await app(scope, receive, send_unless_failed)
            except QawlError as error:
                self.failure = error
                await send({"type": report["type"]})
            except BaseException:
                await send(report)
                raise

        async def application(scope: Any, receive: Any, send: Any) -> None:
            await (start if scope["type"] == "lifespan" else app)(scope, receive, send)

        return application
