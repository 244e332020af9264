"""The line between a phone and the server, on which an upload can be stopped at any byte of it."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

_PIECE = re.compile(rb"PATCH /api/uploads/\S+ HTTP/1\.1\r\n(?:.+\r\n)*\r\n")
_LENGTH = re.compile(rb"(?im)^content-length: *(\d+)\r$")


@dataclass
class Line:
    """Carries whatever comes to the server's port; `url` is where the phone finds it."""

    server_port: int
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    stopped: threading.Event = field(default_factory=threading.Event)
    _share: float | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def stop_at(self, share: float) -> None:
        """Let this share of the next piece through, and neither the rest nor the answer. Then `stopped` is set."""
        self.stopped.clear()
        self._share = share

    def carry(self) -> None:
        """Take connections until the line is closed."""
        with contextlib.suppress(OSError):
            while True:
                phone, _ = self.listening.accept()
                threading.Thread(target=self._connection, args=(phone,), daemon=True).start()

    def _connection(self, phone: socket.socket) -> None:
        with contextlib.suppress(OSError), phone, socket.create_connection(("127.0.0.1", self.server_port)) as server:
            halted = threading.Event()
            threading.Thread(target=_pour, args=(server, phone, halted), daemon=True).start()
            while data := phone.recv(65536):
                while data.startswith(b"PATCH ") and b"\r\n\r\n" not in data:
                    data += phone.recv(65536)
                piece = _PIECE.match(data)
                if piece is None or self._share is None:
                    server.sendall(data)
                else:
                    halted.set()
                    self._stop(phone, server, data, piece[0])
                    return

    def _stop(self, phone: socket.socket, server: socket.socket, data: bytes, head: bytes) -> None:
        """Pass on the head and a share of the body, then nothing in either direction until the phone is gone."""
        share, self._share = self._share or 0, None
        length = _LENGTH.search(head)
        assert length is not None, head
        left = len(head) + int(int(length[1]) * share)
        while left > 0 and data:
            server.sendall(data[:left])
            left -= len(data)
            data = phone.recv(65536) if left > 0 else b""
        self.stopped.set()
        while phone.recv(65536):
            """Swallowed."""


def _pour(server: socket.socket, phone: socket.socket, halted: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while (data := server.recv(65536)) and not halted.is_set():
            phone.sendall(data)
        if not halted.is_set():
            phone.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def opened_line(server_port: int) -> Iterator[Line]:
    """A line that carries until the block is left."""
    line = Line(server_port)
    threading.Thread(target=line.carry, daemon=True).start()
    try:
        yield line
    finally:
        line.listening.close()
