"""T17, T19: what every answer carries, what a stranger's cookie is worth, and what floods and idlers cost."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import socket
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from server.auth.sessions import COOKIE
from server.headers import content_security_policy
from server.photos.recognition import LARGEST_BYTES
from tests.conftest import SignIn, new_client
from tests.districts import DEMO_PASSWORD
from tests.factories import uploads
from tests.factories.crew import problem
from tests.factories.inspections import new_id
from tests.faults.conftest import Place, Tell, how_many
from tests.faults.phone import Ledger, Phone, small_photo
from tests.faults.phone import sign_in as signed_in
from tests.integration.test_authorization import RULES

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
MOST_MB = 400
FLOOD_BYTES = 10_000_000


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_t19_every_answer_of_every_route_carries_the_headers(app: Litestar, sign_in: SignIn, tell: Tell) -> None:
    office, stranger, met = await sign_in("office"), new_client(app), set[int]()
    for method, path in sorted(RULES):
        if (method, path) == ("DELETE", "/api/session"):
            continue
        url = re.sub(r"{\w+}", new_id(), path) or "/"
        for caller in (office, stranger):
            answer = await caller.request(method, url)
            met.add(answer.status_code)
            told = {name: answer.headers.get(name) for name in ALWAYS}
            assert told == ALWAYS, (method, url, answer.status_code)
            policy = answer.headers["content-security-policy"]
            assert policy in (content_security_policy(), "sandbox; default-src 'none'"), (method, url)
            assert "default-src 'none'" in policy
            assert "camera=(self)" in answer.headers["permissions-policy"], (method, url)
            assert answer.headers.get("cache-control"), (method, url)
    await stranger.aclose()
    assert not {status for status in met if status >= 500}
    tell(f"{len(RULES)} routes, answers {sorted(met)}: each with every header")


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_t17_a_session_is_never_one_that_somebody_else_chose(app: Litestar, sign_in: SignIn) -> None:
    planted = (await sign_in("street")).cookies[COOKIE]
    async with new_client(app) as victim:
        victim.cookies.set(COOKIE, planted, domain="xungai.test")
        answer = await victim.post("/api/session", json={"login": "health", "password": DEMO_PASSWORD})
        assert answer.status_code == 200
        [given] = [value for value in answer.headers.get_list("set-cookie") if value.startswith(f"{COOKIE}=")]
        assert not given.startswith(f"{COOKIE}={planted}")
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= set(given.lower().replace("; ", ";").split(";"))
        assert "domain=" not in given.lower()
    async with new_client(app) as thief:
        thief.cookies.set(COOKIE, planted, domain="xungai.test")
        assert (await thief.get("/api/session")).json().get("login") != "health"


async def test_t19_idlers_and_a_flood_cost_little_and_lock_nobody_out(embedded: Place, tell: Tell) -> None:
    idle, flood = how_many(100, 400), how_many(12, 200)
    server = embedded.server().start()
    phone = Phone(server.url, signed_in(server.url, "inspector"), Ledger(), _dice(), one_request_each=True)
    try:
        with contextlib.ExitStack() as open_ones:
            for number in range(idle):
                line = open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port)))
                # Half a head, a head without its body, nothing at all.
                said = (b"GET /api/phone HTTP/1.1\r\nHost: x\r\nX-", b"POST /api/session HTTP/1.1\r\nHost: x\r\n", b"")
                line.sendall(said[number % 3])
            await phone.deliver(small_photo())
            async with httpx.AsyncClient(base_url=server.url, timeout=120) as flooding:
                flooding.headers.update({"X-CSRF": "1", "Cookie": signed_in(server.url, "inspector2")})
                told = await asyncio.gather(*(_flood(flooding) for _ in range(flood)))
            await phone.deliver(small_photo())
        assert set(told) == {"not-a-photo"}, told
        most_mb = _most_resident_mb(server.pid)
        assert most_mb < MOST_MB
    finally:
        await phone.close()
        server.stop()
    tell(f"{idle} idle connections, {flood} uploads of {FLOOD_BYTES} bytes at once: {most_mb} MB at most")


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_t19_the_largest_photo_is_the_last_that_may_be_begun(sign_in: SignIn) -> None:
    inspector = await sign_in("inspector")
    begun = {}
    for length in (LARGEST_BYTES, LARGEST_BYTES + 1):
        told = uploads.TUS | {"Upload-Length": str(length), "Upload-Metadata": uploads.metadata("0" * 64)}
        begun[length] = await inspector.post("/api/uploads", headers=told)
    assert [answer.status_code for answer in begun.values()] == [201, 413]
    assert problem(begun[LARGEST_BYTES + 1]) == "too-large"


async def _flood(client: httpx.AsyncClient) -> str:
    """Bring large bytes that are no photo; what is said of them."""
    data = small_photo()[2:100] + bytes(FLOOD_BYTES)
    told = uploads.metadata(uploads.sha256(data))
    headers = {"Upload-Length": str(len(data)), "Upload-Metadata": told, "Content-Type": uploads.TUS_BYTES}
    return problem(await client.post("/api/uploads", headers=uploads.TUS | headers, content=data))


def _most_resident_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    assert found is not None, status
    return int(found[1]) // 1024


def _dice() -> random.Random:
    return random.Random(19)
