"""The real server in a process of its own: stopped, killed and started again on the same data and port."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import httpx

from tests.servers.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
_START_SECONDS = 120
_STOP_SECONDS = 30


class AppServer:
    """`python -m server run` on the demo district in `data_dir`, at one free port for its whole life.

    `program` may be another module that takes the same commands.
    """

    def __init__(self, data_dir: Path, *, program: str = "server", **variables: str) -> None:
        self.data_dir = data_dir
        self._program = program
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> AppServer:
        """Start it, and return when it is ready."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("XUNGAI_")},
            "XUNGAI_DEMO": "1",
            "XUNGAI_HOST": "127.0.0.1",
            "XUNGAI_PORT": str(self.port),
            "XUNGAI_DATA_DIR": str(self.data_dir),
            **self._variables,
        }
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._program, "run"],
                cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        self._wait_until_ready()
        return self

    def stop(self) -> None:
        """End it as a service manager would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def wait_until_dead(self) -> int:
        """Wait until it has ended by itself; how."""
        assert self._process is not None, "the server is not running: start() first"
        process, self._process = self._process, None
        return process.wait(_STOP_SECONDS)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server is not running: start() first"
        return self._process.pid

    def sign_in(self, login: str, password: str = "xungai-demo") -> httpx.Client:
        """That person's client, for what a test needs to know or to prepare beside the browser."""
        return person(self.url, login, password)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise RuntimeError(f"the server did not end by itself: {self._tail()}") from None

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self.running:
            with contextlib.suppress(URLError, OSError), urllib.request.urlopen(f"{self.url}/health/ready"):
                return
            time.sleep(0.05)
        self._end(signal.SIGKILL)
        raise RuntimeError(f"the server did not come up: {self._tail()}")

    def _tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


def person(url: str, login: str, password: str = "xungai-demo") -> httpx.Client:
    """Somebody signed in at a running server."""
    client = httpx.Client(base_url=url, headers={"X-CSRF": "1"}, timeout=60)

    def send_cookies(request: httpx.Request) -> None:
        # Loopback counts as secure in browsers, not in httpx.
        request.headers["Cookie"] = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)

    client.event_hooks["request"] = [send_cookies]
    answer = client.post("/api/session", json={"login": login, "password": password})
    assert answer.status_code == 200, answer.text
    return client
