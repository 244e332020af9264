"""Real S3 servers from packages, on free loopback ports: what the tests and `make run STORE=s3` start.

    python -m tests.servers.s3 --dir DIRECTORY [--kind seaweedfs|juicefs] [--port N]

prints the store's address and serves until it is ended.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from minio import Minio
from minio.error import MinioException
from urllib3.exceptions import HTTPError

ACCESS_KEY = "xungai"
SECRET_KEY = "xungai-local-only"
BUCKET = "xungai"
_START_SECONDS = 60

Started = Callable[[subprocess.Popen[bytes]], None]


def free_ports(count: int) -> list[int]:
    """Ports that are free now, each with its twin 10,000 above (SeaweedFS takes that one for gRPC)."""
    found: list[int] = []
    while len(found) < count:
        with socket.socket() as first, socket.socket() as twin:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                twin.bind(("127.0.0.1", port + 10_000))
            except (OSError, OverflowError):
                continue
            if port not in found and port + 10_000 not in found and port - 10_000 not in found:
                found.append(port)
    return found


@contextlib.contextmanager
def seaweedfs(directory: Path, port: int | None = None, *, started: Started | None = None) -> Iterator[str]:
    """SeaweedFS (`weed mini`) with its data in `directory`; yields the `s3://…` address.

    `started` is given the process, for those who want to kill it.
    """
    s3, filer, master, volume, admin = free_ports(5)
    s3 = port or s3
    directory.mkdir(parents=True, exist_ok=True)
    config = directory / "s3.json"
    credentials = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
    actions = ["Admin", "Read", "List", "Tagging", "Write"]
    config.write_text(json.dumps({"identities": [{"name": "admin", "credentials": credentials, "actions": actions}]}))
    command = [
        _program("weed"), "mini", f"-dir={directory}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        f"-s3.port={s3}", f"-s3.config={config}", f"-filer.port={filer}", f"-master.port={master}",
        f"-volume.port={volume}", f"-admin.port={admin}", "-admin.ui=false", "-webdav=false",
        "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false",
        "-s3.allowDeleteBucketNotEmpty=false", "-s3.autoCreateBucket=false",
    ]  # fmt: skip

    def healthy() -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{s3}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)

    with _running(command, directory / "weed.log", healthy, s3, started) as address:
        yield address


@contextlib.contextmanager
def juicefs(directory: Path, port: int | None = None) -> Iterator[str]:
    """The JuiceFS gateway (MinIO's own gateway code); yields the `s3://…` address."""
    port = port or free_ports(1)[0]
    directory.mkdir(parents=True, exist_ok=True)
    program, meta = _program("juicefs"), f"sqlite3://{directory}/meta.db"
    if not (directory / "meta.db").exists():
        subprocess.run(
            [program, "format", "--storage", "file", "--bucket", f"{directory}/data/", "--trash-days", "0",
             meta, "vol"],
            check=True, capture_output=True,
        )  # fmt: skip
    command = [
        program, "gateway", "--multi-buckets", "--keep-etag", "--object-tag", "--object-meta", "--no-banner",
        "--log", f"{directory}/gateway.log", "--cache-dir", f"{directory}/cache", "--backup-meta", "0",
        "--no-usage-report", meta, f"127.0.0.1:{port}",
    ]  # fmt: skip

    def healthy() -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/minio/health/live", timeout=2) as answer:
            return bool(answer.status == 200)

    with _running(command, directory / "juicefs.log", healthy, port) as address:
        yield address


@contextlib.contextmanager
def _running(
    command: list[str], log: Path, healthy: Callable[[], bool], port: int, started: Started | None = None
) -> Iterator[str]:
    environment = {**os.environ, "MINIO_ROOT_USER": ACCESS_KEY, "MINIO_ROOT_PASSWORD": SECRET_KEY}
    with log.open("wb") as output:
        # A session of its own, so that ending it ends every child and a Ctrl-C reaches us first.
        server = subprocess.Popen(
            command, stdout=output, stderr=output, cwd=log.parent, env=environment, start_new_session=True
        )
    if started is not None:
        started(server)
    try:
        _wait(server, healthy, port, log)
        yield f"s3://{ACCESS_KEY}:{SECRET_KEY}@127.0.0.1:{port}/{BUCKET}?secure=false"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait(server: subprocess.Popen[bytes], healthy: Callable[[], bool], port: int, log: Path) -> None:
    client = Minio(f"127.0.0.1:{port}", ACCESS_KEY, SECRET_KEY, secure=False, region="us-east-1")
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        # It answers its health check before it can store: only a bucket made and a list answered is "up".
        with contextlib.suppress(OSError, HTTPError, MinioException):
            if healthy():
                if not client.bucket_exists(BUCKET):
                    client.make_bucket(BUCKET)
                list(client.list_objects(BUCKET))
                return
        time.sleep(0.1)
    raise RuntimeError(f"{server.args!r} did not come up: {log.read_text(errors='replace')[-2000:]}")


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise RuntimeError(f"{name} is not installed: see requirements-dev.txt")
    return found


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--kind", choices=["seaweedfs", "juicefs"], default="seaweedfs")
    parser.add_argument("--port", type=int)
    options = parser.parse_args()
    start = seaweedfs if options.kind == "seaweedfs" else juicefs
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with start(options.dir.resolve(), options.port) as address:
        print(address, flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
