"""`make bench`: a server process of its own, driven over HTTP; prints a table."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from server.ids import uuid7
from tests.load import copies, likeness
from tests.load.drive import HEADING, peak_rss_mb, timed
from tests.servers.app import AppServer
from tests.servers.postgres import postgres

_INSPECTIONS = 1500
_PHOTOS = 60
_LIKE = 1_000_000


async def person(base: str, login: str) -> httpx.AsyncClient:
    """A signed-in client. The cookie is Secure; on loopback it is sent all the same, as browsers do."""
    client = httpx.AsyncClient(base_url=base, headers={"X-CSRF": "1"}, timeout=60)
    answer = await client.post("/api/session", json={"login": login, "password": "xungai-demo"})
    answer.raise_for_status()
    client.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]
    return client


def inspection_of(pack: dict[str, Any], number: int, hashes: list[str]) -> dict[str, Any]:
    """A whole YL checklist of a clinic with two failing items."""
    version = next(v for v in pack["templateVersions"] if v["code"] == "YL")
    clinics = [s for s in pack["sites"] if s["kind"] == "health_centre"]
    site = clinics[number % len(clinics)]
    now = datetime.now(UTC)
    answers = []
    for item in version["items"]:
        if item["type"] == "auto" or (item["appliesTo"] and site["kind"] not in item["appliesTo"]):
            continue
        values = {"yn": True, "ynNa": True, "num": 3, "date": now.date().isoformat(), "text": "现场检查正常"}
        value = item["options"][0]["value"] if item["type"] == "one" else values.get(item["type"])
        failing = item["code"] in ("YL-B01", "YL-C01")
        photos = hashes if failing else []
        answers.append({"item": item["code"], "value": False if failing else value, "note": "", "photos": photos})
    return {
        "visitId": None,
        "siteId": site["id"],
        "templateVersionId": version["id"],
        "startedAt": (now - timedelta(minutes=30)).isoformat(),
        "finishedAt": now.isoformat(),
        "position": None,
        "device": {"id": "bench", "appVersion": "bench"},
        "answers": answers,
    }


def photographs(count: int) -> list[bytes]:
    """12-megapixel JPEGs of about 3 MB, each of other bytes."""
    noise = Image.frombytes("L", (1000, 750), os.urandom(750_000)).resize((4000, 3000), Image.Resampling.BILINEAR)
    held = io.BytesIO()
    Image.merge("RGB", [noise] * 3).save(held, "JPEG", quality=88)
    return [held.getvalue() + number.to_bytes(8, "big") for number in range(count)]


async def send_photo(client: httpx.AsyncClient, data: bytes) -> httpx.Response:
    digest = hashlib.sha256(data).hexdigest()
    told = f"sha256 {base64.b64encode(digest.encode()).decode()}"
    head = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(data)), "Upload-Metadata": told}
    made = await client.post("/api/uploads", headers=head)
    head = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    return await client.patch(made.headers["location"], content=data, headers=head)


async def bench(server: AppServer, pid: int) -> None:
    inspector, office = await person(server.url, "inspector"), await person(server.url, "office")
    pack = (await inspector.get("/api/phone")).json()

    async def submit(number: int) -> httpx.Response:
        return await inspector.put(f"/api/inspections/{uuid7()}", json=inspection_of(pack, number, []))

    print(HEADING, flush=True)
    print((await timed("take an inspection, 40 answers", pid, _INSPECTIONS, 8, submit)).row(), flush=True)

    async def findings(_: int) -> httpx.Response:
        return await office.get("/api/findings?limit=50&status=draft")

    print((await timed("list 50 findings", pid, 200, 4, findings)).row(), flush=True)

    async def phone(_: int) -> httpx.Response:
        return await inspector.get("/api/phone")

    print((await timed("the phone's month", pid, 100, 4, phone)).row(), flush=True)
    photos = photographs(_PHOTOS)

    async def photo(number: int) -> httpx.Response:
        return await send_photo(inspector, photos[number])

    timing = await timed("take a 12 MP photo", pid, _PHOTOS, 8, photo, size=len(photos[0]))
    print(timing.row(), flush=True)
    print(f"{'memory of the server, at most':<44} {peak_rss_mb(pid):>6.0f} MB", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = AppServer(Path(folder) / "data").start()
        # The first start installs the demo with its past, pictures and letters: its memory is none of the server's.
        server.stop()
        server.start()
        try:
            asyncio.run(bench(server, server.pid))
        finally:
            server.stop()
        print("\n".join(copies.rows(Path(folder))), flush=True)
        print(
            asyncio.run(likeness.lookups(f"sqlite+aiosqlite:///{folder}/likeness.sqlite3", _LIKE, "SQLite")), flush=True
        )
        with postgres() as cluster:
            print(asyncio.run(likeness.lookups(cluster.create("likeness"), _LIKE, "PostgreSQL")), flush=True)


if __name__ == "__main__":
    main()
