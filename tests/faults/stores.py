"""An S3 server that can be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path

from tests.servers.s3 import free_ports, seaweedfs


class S3Server:
    """SeaweedFS that dies as in a power cut and comes back at the same address with the same data."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_ports(1)[0]
        self._running = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> S3Server:
        self.url = self._running.enter_context(seaweedfs(self._folder, self.port, started=self._started))
        return self

    def _started(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def kill(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        self._running.close()
