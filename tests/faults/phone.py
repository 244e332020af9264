"""A phone's outbox without the phone: the same ids again until there is an answer, HEAD before every further PATCH."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
from PIL import Image

from server import clock
from tests.factories import uploads
from tests.factories.inspections import Json, instant
from tests.servers.app import person

_PAUSE_S = 0.05
_AWAY_S = 0.3
_TRIES = 2000


@dataclass
class Ledger:
    """What the server has acknowledged, word for word, and what it took to get there."""

    inspections: dict[str, tuple[str, Json, Json]] = field(default_factory=dict)
    """By id: who sent it, the document, the first answer."""
    steps: dict[str, tuple[str, str, Json, Json]] = field(default_factory=dict)
    """By id: who took it, on which task, the step, the answer."""
    photos: dict[str, bytes] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    """`sent`, `broken` (no whole answer), `away` (503 store-away), `resumed` (an upload went on where it was)."""
    complaints: list[str] = field(default_factory=list)
    """Answers that nobody should ever get."""

    @property
    def summary(self) -> str:
        kept = f"{len(self.inspections)} inspections, {len(self.steps)} steps, {len(self.photos)} photos acknowledged"
        return f"{kept}; {self.tries['sent']} requests, " + ", ".join(
            f"{self.tries[word]} {word}" for word in ("broken", "away", "resumed")
        )


class Phone:
    """Somebody's requests to one address, repeated as an outbox does."""

    def __init__(self, url: str, cookie: str, ledger: Ledger, dice: random.Random, *, one_request_each: bool) -> None:
        self._ledger, self._dice = ledger, dice
        self._failures = 0
        headers = {"X-CSRF": "1", "Cookie": cookie}
        limits = httpx.Limits(max_connections=40)
        if one_request_each:
            headers["Connection"] = "close"
            limits = httpx.Limits(max_connections=40, max_keepalive_connections=0)
        self._http = httpx.AsyncClient(base_url=url, headers=headers, timeout=60, limits=limits)

    async def close(self) -> None:
        await self._http.aclose()

    async def once(self, method: str, url: str, **how: Any) -> httpx.Response | None:
        """One try; None where no whole answer came, or the server said that it cannot now."""
        tries = self._ledger.tries
        tries["sent"] += 1
        try:
            answer = await self._http.request(method, url, **how)
        except httpx.TransportError:
            tries["broken"] += 1
            self._failures += 1
            await asyncio.sleep(_PAUSE_S * min(self._failures, 10))
            return None
        self._failures = 0
        if answer.status_code == 503 and answer.headers.get("retry-after"):
            tries["away"] += 1
            await asyncio.sleep(_AWAY_S)
            return None
        if answer.status_code >= 500:
            self._ledger.complaints.append(f"{method} {url}: {answer.status_code} {answer.text[:300]}")
            await asyncio.sleep(_AWAY_S)
            return None
        return answer

    async def ask(self, method: str, url: str, **how: Any) -> httpx.Response:
        """The same request until there is an answer."""
        for _ in range(_TRIES):
            answer = await self.once(method, url, **how)
            if answer is not None:
                return answer
        raise AssertionError(f"{method} {url}: no answer in {_TRIES} tries; {self._ledger.complaints[-1:]}")

    async def put_inspection(self, inspection_id: str, body: Json, login: str) -> Json:
        """Send an inspection until it is acknowledged."""
        answer = await self.ask("PUT", f"/api/inspections/{inspection_id}", json=body)
        assert answer.status_code in (200, 201), (answer.status_code, answer.text)
        receipt: Json = answer.json()
        self._ledger.inspections[inspection_id] = (login, body, receipt)
        return receipt

    async def step(self, task_id: str, step: Json, login: str) -> Json:
        """Take a step until it is acknowledged; every step here is one that is allowed."""
        answer = await self.ask("POST", f"/api/tasks/{task_id}/actions", json=step)
        assert answer.status_code == 200, (step, answer.status_code, answer.text)
        taken: Json = answer.json()
        self._ledger.steps[step["id"]] = (login, task_id, step, taken)
        return taken

    async def deliver(self, data: bytes, url: str | None = None) -> None:
        """Bring a photo in pieces of any size, by an upload that was begun or a new one, until there is the receipt
        that names its hash."""
        digest = uploads.sha256(data)
        for _ in range(_TRIES):
            if url is None:
                url, offset = await self.begin(data), 0
            else:
                asked = await self.ask("HEAD", url, headers=uploads.TUS)
                if asked.status_code == 404:
                    url = None
                    continue
                assert asked.status_code == 200, asked.status_code
                offset = int(asked.headers["upload-offset"])
                self._ledger.tries["resumed"] += offset > 0
                if self._is_receipt(asked, digest, offset, data):
                    return
            if await self._send_pieces(url, data, digest, offset):
                return
        raise AssertionError(f"no receipt for {digest} in {_TRIES} tries")

    async def begin(self, data: bytes) -> str:
        """Begin an upload of these bytes; its address."""
        told = uploads.metadata(uploads.sha256(data), takenAt=instant(clock.now()), **uploads.SHIFENG_FIX)
        headers = uploads.TUS | {"Upload-Length": str(len(data)), "Upload-Metadata": told}
        made = await self.ask("POST", "/api/uploads", headers=headers)
        assert made.status_code == 201, (made.status_code, made.text)
        location: str = made.headers["location"]
        return location

    async def send_last(self, url: str, data: bytes, *, dies_at: str) -> httpx.Response | None:
        """All bytes in one piece, to a server that is to die at a point (`tests.faults.dying`); one try."""
        headers = uploads.TUS | {"Upload-Offset": "0", "Content-Type": uploads.TUS_BYTES, "X-Die-At": dies_at}
        return await self.once("PATCH", url, content=data, headers=headers)

    async def _send_pieces(self, url: str, data: bytes, digest: str, offset: int) -> bool:
        """PATCH on until the receipt (True), or until something has to be asked (False)."""
        while True:
            piece = data[offset : offset + self._dice.randint(2_000, 60_000)]
            headers = uploads.TUS | {"Upload-Offset": str(offset), "Content-Type": uploads.TUS_BYTES}
            answer = await self.once("PATCH", url, content=piece, headers=headers)
            if answer is None or answer.status_code in (404, 409):
                return False
            assert answer.status_code == 204, (answer.status_code, answer.text)
            offset = int(answer.headers["upload-offset"])
            if self._is_receipt(answer, digest, offset, data):
                return True

    def _is_receipt(self, answer: httpx.Response, digest: str, offset: int, data: bytes) -> bool:
        named = answer.headers.get("x-photo-sha256")
        if (offset == len(data)) != (named is not None) or named not in (None, digest):
            self._ledger.complaints.append(f"offset {offset} of {len(data)} with the receipt {named}")
        if named != digest:
            return False
        self._ledger.photos[digest] = data
        return True


def sign_in(url: str, login: str) -> str:
    """The cookie header of that person, signed in now."""
    with contextlib.closing(person(url, login)) as client:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)


def small_photo() -> bytes:
    """A JPEG like no other, with a tail that makes it long enough to be cut anywhere."""
    noise = Image.frombytes("L", (9, 8), os.urandom(72)).resize((160, 120), Image.Resampling.BICUBIC)
    written = io.BytesIO()
    noise.convert("RGB").save(written, "JPEG", quality=80)
    return written.getvalue() + os.urandom(random.randint(1, 100_000))
