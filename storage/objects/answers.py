"""HTTP connections on which an answer whose head was cut off is an error.

The standard library takes the end of a connection for the end of the headers. A size or a date that was cut off is then
believed, or taken for absent: a photo that the store holds would be called damaged, and one on its way refused.
"""

from __future__ import annotations

from http.client import HTTPResponse, RemoteDisconnected
from typing import Any, cast

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_END_OF_HEAD = (b"\r\n", b"\n")


class _Lines:
    """Reads from a file and remembers the last line."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.last = b""

    def readline(self, limit: int = -1) -> bytes:
        self.last = self._file.readline(limit)
        return self.last

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class WholeHead(HTTPResponse):
    """An answer that has begun once the empty line behind its headers has come. Else raises RemoteDisconnected."""

    def begin(self) -> None:
        file = self.fp
        lines = _Lines(file)
        self.fp = cast("Any", lines)
        super().begin()
        self.fp = file
        if lines.last not in _END_OF_HEAD:
            raise RemoteDisconnected("the connection ended within the head of the answer")


class _Plain(HTTPConnection):
    response_class = WholeHead


class _Secure(HTTPSConnection):
    response_class = WholeHead


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


def whole_answers(**options: Any) -> urllib3.PoolManager:
    """A pool of such connections, with the options of `urllib3.PoolManager`."""
    pool = urllib3.PoolManager(**options)
    pool.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
    return pool
