"""What only a real socket shows: addresses as people type them, offers of another protocol, bytes that are no HTTP."""

import json
import socket

import pytest


def ask(port: int, request: bytes) -> tuple[bytes, bytes]:
    """Head and body of the answer, the connection read to its end."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        received = b""
        while part := connection.recv(65536):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    return head, body


def get(port: int, target: str, method: str = "GET", extra: str = "") -> tuple[bytes, bytes]:
    return ask(port, f"{method} {target} HTTP/1.1\r\nHost: qawl\r\n{extra}Connection: close\r\n\r\n".encode())


def test_arabic_may_stand_in_an_address_as_it_is(port: int) -> None:
    plain, encoded = [get(port, f"/v1/statements?limit=1&speaker={name}") for name in ("قسد", "%D9%82%D8%B3%D8%AF")]
    assert plain[1] == encoded[1]
    assert len(json.loads(plain[1])["items"]) == 1
    head, body = get(port, "/v1/articles/مقال")
    assert b" 404 " in head.splitlines()[0]
    assert json.loads(body)["instance"] == "/v1/articles/مقال"


def test_a_second_request_on_the_connection_may_hold_arabic_too(port: int) -> None:
    one = "GET /v1/sources?limit=1 HTTP/1.1\r\nHost: qawl\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(one.encode())
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connection.sendall("GET /v1/statements?speaker=قسد&limit=1 HTTP/1.1\r\nHost: qawl\r\n\r\n".encode())
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")


def test_a_body_is_never_taken_for_a_request(port: int) -> None:
    hidden = "GET /v1/limits?ق HTTP/1.1\r\nHost: qawl\r\n\r\n"
    outer = f"POST /v1/articles HTTP/1.1\r\nHost: qawl\r\nContent-Length: {len(hidden.encode())}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(outer.encode())
        connection.sendall((hidden + "GET /ق HTTP/1.1\r\n\r\n").encode())
        received = b""
        while part := connection.recv(65536):
            received += part
    assert b"list_limit" not in received


@pytest.mark.parametrize("encoded", ["%FF", "%D9", "%00"])
def test_bytes_that_are_no_text_are_refused(port: int, encoded: str) -> None:
    for target in (f"/v1/articles?speaker={encoded}", f"/v1/articles/{encoded}"):
        head, body = get(port, target)
        assert b" 400 " in head.splitlines()[0]
        assert json.loads(body)["type"] == "/problems/invalid-request"


def test_head_has_the_length_and_no_body(port: int) -> None:
    whole, content = get(port, "/v1/sources")
    head, body = get(port, "/v1/sources", method="HEAD")
    assert body == b""
    assert f"content-length: {len(content)}".encode() in head.lower()
    assert head.splitlines()[0] == whole.splitlines()[0]


def test_an_offer_of_another_protocol_does_no_harm(port: int) -> None:
    offer = "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
    head, body = ask(
        port,
        f"GET /v1/limits HTTP/1.1\r\nHost: qawl\r\n{offer}Connection: Upgrade, HTTP2-Settings, close\r\n\r\n".encode(),
    )
    assert b" 200 " in head.splitlines()[0]
    assert json.loads(body)["list_limit"] == 100


def test_what_is_no_http_is_answered_by_a_problem(port: int) -> None:
    head, body = ask(port, b"\x16\x03\x01\x02\x00\r\n\r\n")
    assert b" 400 " in head.splitlines()[0]
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == 400
