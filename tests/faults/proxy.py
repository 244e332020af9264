"""A bad network: a TCP proxy that carries one request a connection, and does something to many of them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable

FAULTS = ("cut request", "lost reply", "cut reply", "delay", "reset", "twice")
_LENGTH = re.compile(rb"(?im)^content-length: *(\d+)")
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
_LIMIT = 1024 * 1024


class BadNetwork:
    """Between the phones and a server on `port`. `share` of the connections meet a fault, each kind as often.

    `answers` counts what the server said, also what never arrived, by method and status.
    With `closing` the server is asked to end each connection after its answer, because the client does not ask it to.
    """

    def __init__(self, port: int, dice: random.Random, *, share: float = 0.5, closing: bool = False) -> None:
        self._port, self._dice, self._closing = port, dice, closing
        self.share = share
        self.faults: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.url = ""

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[BadNetwork]:
        """Carry connections until the block is left."""
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0, limit=_LIMIT)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server:
            yield self

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                request = await _whole_request(reader)
                if self._closing:
                    request = request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
                fault = self._dice.choice(FAULTS) if self._dice.random() < self.share else ""
                self.faults[fault or "none"] += 1
                await self._meet(fault, request, writer)
        finally:
            writer.close()

    async def _meet(self, fault: str, request: bytes, writer: asyncio.StreamWriter) -> None:
        fates: dict[str, Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]] = {
            "cut request": self._cut_request, "lost reply": self._lose_reply, "cut reply": self._cut_reply,
            "delay": self._delay, "reset": self._reset, "twice": self._twice,
        }  # fmt: skip
        await fates.get(fault, self._deliver)(request, writer)

    async def _deliver(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(await self._ask(request))
        await writer.drain()

    async def _cut_request(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        await self._ask(request[: self._dice.randrange(len(request))], then="close")

    async def _lose_reply(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        await self._ask(request)

    async def _cut_reply(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        reply = await self._ask(request)
        writer.write(reply[: self._dice.randrange(max(1, len(reply)))])
        await writer.drain()

    async def _delay(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        reply = await self._ask(request, pause_s=self._dice.uniform(0, 0.3))
        await asyncio.sleep(self._dice.uniform(0, 0.2))
        writer.write(reply)
        await writer.drain()

    async def _reset(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        await self._ask(request[: self._dice.randrange(len(request) + 1)], then="reset")
        _reset_on_close(writer)

    async def _twice(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        replies = await asyncio.gather(self._ask(request), self._ask(request))
        writer.write(self._dice.choice(replies))
        await writer.drain()

    async def _ask(self, request: bytes, *, then: str = "wait", pause_s: float = 0) -> bytes:
        """Send these bytes to the server, half of them after a pause; its whole reply, if it is waited for."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=_LIMIT)
        try:
            middle = len(request) // 2 if pause_s else 0
            writer.write(request[:middle])
            await asyncio.sleep(pause_s)
            writer.write(request[middle:])
            await writer.drain()
            if then == "reset":
                _reset_on_close(writer)
            if then != "wait":
                return b""
            reply = await reader.read(-1)
            status = _STATUS.match(reply)
            self.answers[f"{request.split(b' ', 1)[0].decode()} {status[1].decode() if status else 'nothing'}"] += 1
            return reply
        finally:
            writer.close()


async def _whole_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")


def _reset_on_close(writer: asyncio.StreamWriter) -> None:
    connection: socket.socket | None = writer.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
