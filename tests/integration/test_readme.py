"""The README's commands, run as it says."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.servers.app import AppServer, person
from tests.servers.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
LOGINS = re.compile(r"`([a-z]+(?:-?[a-z0-9]+)*)`")


def commands(readme: Path) -> list[str]:
    """The lines of its shell blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def logins(readme: Path) -> list[str]:
    """The sign-in names of its table, first column."""
    rows = [line for line in readme.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    return [login for row in rows for login in LOGINS.findall(row.split("|")[1])]


@contextlib.contextmanager
def running(command: str, data_dir: Path, port: int) -> Iterator[str]:
    """What a person gets who types the command; ended by a Ctrl-C."""
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    environment |= {"XUNGAI_DATA_DIR": str(data_dir)}
    log = data_dir.with_name("make.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command.split(), f"PORT={port}"],
            cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/health/ready", process, log)
        yield log.read_text(encoding="utf-8")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(URLError, OSError), urllib.request.urlopen(address) as answer:
            assert answer.status == 200
            return
        time.sleep(0.1)
    raise AssertionError(f"{process.args!r}: {log.read_text(errors='replace')[-3000:]}")


def test_both_readmes_give_the_same_commands_and_names() -> None:
    assert commands(READMES[0]) == commands(READMES[1])
    assert logins(READMES[0]) == logins(READMES[1])


@pytest.mark.parametrize("command", ["make run", "make run STORE=s3"])
def test_make_run_serves_the_demo_district_until_it_is_interrupted(command: str, tmp_path: Path) -> None:
    assert command in READMES[0].read_text(encoding="utf-8")
    port = free_port()
    with running(command, tmp_path / "data", port) as said:
        assert f"http://127.0.0.1:{port}" in said
        for login in logins(READMES[0]):
            with contextlib.closing(person(f"http://127.0.0.1:{port}", login)) as signed_in:
                assert signed_in.get("/api/session").json()["login"] == login
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert b"<html" in page.read()
    with pytest.raises(URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5)


def test_a_fresh_installation_lets_its_first_administrator_in_once(tmp_path: Path) -> None:
    line = next(line for line in commands(READMES[0]) if "first-admin" in line)
    command = [sys.executable, *line.split("python")[1].split()]
    environment = {**os.environ, "XUNGAI_DATA_DIR": str(tmp_path / "data")}
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    login, password = re.findall(r": (\S+)$", answer.stdout, re.MULTILINE)

    server = AppServer(tmp_path / "data", XUNGAI_DEMO="0").start()
    try:
        with contextlib.closing(server.sign_in(login, password)) as first:
            assert first.get("/api/session").json()["mustChangePassword"] is True
    finally:
        server.stop()


def test_every_make_command_it_names_exists() -> None:
    text = "".join(readme.read_text(encoding="utf-8") for readme in READMES)
    named = set(re.findall(r"`make ([a-z-]+)", text)) | {"run", "test"}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets


def test_its_links_and_pictures_are_there() -> None:
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
        pictures = re.findall(r'<img src="([^"]+)"', text)
        assert pictures
        assert not [link for link in [*links, *pictures] if not (ROOT / link).is_file()]
