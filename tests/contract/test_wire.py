"""Whatever is sent to a call, it answers as /schema/openapi.json says, and never with a fault of ours."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.app import AppServer
from tests.servers.postgres import Cluster

DRILL = os.environ.get("XUNGAI_DRILL") == "1"
EXAMPLES, PATIENCE_S = (50, 3600) if DRILL else (10, 280)
# These end the session or replace its password; tests of their own cover them.
NOT_HERE = r"/api/session|/sessions$|/one-time-password$"
OPTIONS = [
    "--phases=fuzzing",
    f"--max-examples={EXAMPLES}",
    "--generation-deterministic",
    "--checks=not_a_server_error,status_code_conformance,response_schema_conformance",
    "--no-color",
]


@dataclass(frozen=True)
class Visitor:
    """Somebody at a server of their own, signed in or not."""

    url: str
    headers: dict[str, str]


NOBODY = ""
WHO = [
    ("office", "sqlite"),
    ("office", "postgresql"),
    ("health", "sqlite"),
    ("inspector", "sqlite"),
    ("health-leader", "sqlite"),
    (NOBODY, "sqlite"),
]
if DRILL:
    WHO += [(login, "sqlite") for login in ("supervisor", "street", "leader", "civility", "admin")]


@pytest.fixture(scope="module", params=WHO, ids=[f"{login or 'nobody'}-{kind}" for login, kind in WHO])
def visitor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """On PostgreSQL too: it refuses texts that SQLite stores."""
    login, kind = request.param
    variables = {}
    if kind == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        variables["XUNGAI_DATABASE_URL"] = cluster.create(f"wire-{login}")
    server = AppServer(tmp_path_factory.mktemp("wire") / "data", **variables).start()
    headers = {"X-CSRF": "1"}
    if login != NOBODY:
        with contextlib.closing(server.sign_in(login)) as person:
            headers["Cookie"] = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.cookies.jar)
    yield Visitor(server.url, headers)
    server.stop()


def test_each_call_answers_as_it_is_described(visitor: Visitor, tmp_path: Path) -> None:
    headers = [word for name, value in visitor.headers.items() for word in ("-H", f"{name}: {value}")]
    program = str(Path(sys.executable).with_name("schemathesis"))
    answer = subprocess.run(
        [program, "run", f"{visitor.url}/schema/openapi.json", *headers, *OPTIONS, "--exclude-path-regex", NOT_HERE],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    # The failures come first, then pages of advice.
    _, _, told = answer.stdout.partition("= FAILURES =")
    assert answer.returncode == 0, told[:20000] or answer.stdout[-12000:] + answer.stderr[-2000:]
    assert re.search(r"Tested: [1-9]\d", answer.stdout), answer.stdout
