"""An answer of the store's that ends within its head is never taken for a whole one."""

from __future__ import annotations

import socket
from http.client import HTTPException

import pytest

from storage.objects.answers import WholeHead

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 14\r\nLast-Modified: Wed, 25 Nov 2026 12:35:52 GMT\r\n\r\n"
BODY = b"fourteen bytes"


def answered(data: bytes, method: str = "GET") -> WholeHead:
    """What a client makes of these bytes, and nothing behind them."""
    here, there = socket.socketpair()
    with here, there:
        there.sendall(data)
        there.shutdown(socket.SHUT_WR)
        answer = WholeHead(here, method=method)
        answer.begin()
        return answer


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_head_that_is_cut_anywhere_is_an_error(method: str) -> None:
    for end in range(len(HEAD)):
        with pytest.raises((HTTPException, OSError)):
            answered(HEAD[:end], method)


def test_a_whole_answer_is_read_to_its_end() -> None:
    answer = answered(HEAD + BODY)
    assert (answer.status, answer.getheader("content-length"), answer.read()) == (200, "14", BODY)


def test_an_answer_that_was_announced_is_read_too() -> None:
    answer = answered(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + BODY)
    assert (answer.status, answer.read()) == (200, BODY)
