"""A real receiver of messages on this machine, which can be switched off and on."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Takes what is posted to it while it is up; answers 503 while it is down."""

    def __init__(self) -> None:
        self.is_up = True
        self.taken: list[dict[str, Any]] = []
        self.refused = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if receiver.is_up:
                    receiver.taken.append(json.loads(body))
                else:
                    receiver.refused += 1
                self.send_response(200 if receiver.is_up else 503)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        """Its address as apprise writes it."""
        return f"json://127.0.0.1:{self.server.server_port}/in"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that runs, and is gone afterwards."""
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.server.shutdown()
        receiver.server.server_close()
        thread.join()
