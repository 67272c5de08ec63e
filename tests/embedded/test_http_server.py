"""The HTTP server keeps the bodies that clients send, holds its port, and says why it does not start."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.cli.http_server import Server, listen
from app.errors import SetupError, Unavailable

BODY = '{"title": "سوريا"}'.encode()
OFFER = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n"


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the body that came."""
    if scope["type"] == "lifespan":
        for stage in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{stage}.complete"})
        return
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    length = str(len(body)).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    """Where `echo` is served."""
    listening, ready = listen("127.0.0.1", 0), threading.Event()
    place = listening.getsockname()
    server = Server(echo, on_ready=ready.set)
    thread = threading.Thread(target=server.serve_on, args=[listening])
    thread.start()
    assert ready.wait(10)
    yield place
    server.should_exit = True
    thread.join()
    listening.close()


def exchange(address: tuple[str, int], *parts: bytes) -> bytes:
    """What comes back for bytes sent in these parts, up to the end of one answer."""
    with socket.create_connection(address, timeout=5) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in parts:
            client.sendall(part)
            time.sleep(0.02)
        answer = b""
        while b"\r\n\r\n" not in answer or len(answer.partition(b"\r\n\r\n")[2]) < len(BODY):
            received = client.recv(4096)
            if not received:
                break
            answer += received
        return answer


def post(*extra: bytes) -> bytes:
    return b"POST /x HTTP/1.1\r\nHost: test\r\n" + b"".join(extra) + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY


@pytest.mark.parametrize("offer", [b"", OFFER], ids=["plain", "offering h2c"])
def test_a_body_arrives_whole(address: tuple[str, int], offer: bytes) -> None:
    assert exchange(address, post(offer)).endswith(BODY)


@pytest.mark.parametrize("cut", [10, 60, 110, len(post(OFFER)) - 5])
def test_a_body_behind_an_offer_arrives_whole_in_pieces_too(address: tuple[str, int], cut: int) -> None:
    request = post(OFFER)
    assert exchange(address, request[:cut], request[cut:]).endswith(BODY)


def test_a_chunked_body_behind_an_offer_arrives_whole(address: tuple[str, int]) -> None:
    head = b"POST / HTTP/1.1\r\nHost: test\r\n" + OFFER + b"Transfer-Encoding: chunked\r\n\r\n"
    assert exchange(address, head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)).endswith(BODY)


def test_two_requests_in_one_go_are_both_answered_after_an_offer(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=5) as client:
        client.sendall(post(OFFER) + post(b"Connection: close\r\n"))
        answers = b"".join(iter(lambda: client.recv(4096), b""))
    assert answers.count(BODY) == 2


def test_what_is_no_http_is_refused(address: tuple[str, int]) -> None:
    assert exchange(address, b"\x16\x03\x01\x02\x00nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_a_busy_port_is_said_in_one_sentence(address: tuple[str, int]) -> None:
    with pytest.raises(SetupError, match=r"^port \d+ on 127\.0\.0\.1 is in use by another program: .*QAWL_PORT"):
        listen(*address)


def test_an_address_of_another_machine_is_said_in_one_sentence() -> None:
    with pytest.raises(SetupError, match=r"^192\.0\.2\.1 is not an address of this machine .*QAWL_HOST"):
        listen("192.0.2.1", 0)


def test_an_application_that_cannot_start_gives_its_own_reason(caplog: pytest.LogCaptureFixture) -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        try:
            raise Unavailable("Postgres at nowhere cannot be reached")
        except Unavailable:
            await send({"type": "lifespan.startup.failed", "message": "Traceback (most recent call last): …"})
            raise

    with listen("127.0.0.1", 0) as listening, pytest.raises(Unavailable, match="at nowhere cannot be reached"):
        Server(failing, on_ready=lambda: None).serve_on(listening)
    assert "Traceback" not in caplog.text
