"""Sending photos as a phone does."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import httpx

TUS = {"Tus-Resumable": "1.0.0"}
TUS_BYTES = "application/offset+octet-stream"
SHIFENG_FIX = {"lat": "27.8741", "lon": "113.1187", "accuracyM": "12"}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def metadata(digest: str, **more: str) -> str:
    """An Upload-Metadata header."""
    pairs = {"sha256": digest, "filename": "现场照片.jpg", "source": "camera", **more}
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in pairs.items())


async def create(
    who: httpx.AsyncClient, data: bytes, *, claim: str | None = None, at: str = "/api/uploads", **more: str
) -> httpx.Response:
    """POST to a tus server for these bytes."""
    headers = {"Upload-Length": str(len(data)), "Upload-Metadata": metadata(claim or sha256(data), **more)}
    return await who.post(at, headers=TUS | headers)


async def patch(who: httpx.AsyncClient, url: str, body: Any, offset: int) -> httpx.Response:
    """PATCH the bytes that follow an offset."""
    headers = {"Upload-Offset": str(offset), "Content-Type": TUS_BYTES}
    return await who.patch(url, content=body, headers=TUS | headers)


async def head(who: httpx.AsyncClient, url: str) -> httpx.Response:
    """HEAD of an upload."""
    return await who.head(url, headers=TUS)


async def send(
    who: httpx.AsyncClient, data: bytes, *, claim: str | None = None, at: str = "/api/uploads", **more: str
) -> httpx.Response:
    """Create and send in one piece; the answer to the last byte, or the refusal to create."""
    made = await create(who, data, claim=claim, at=at, **more)
    if made.status_code != 201:
        return made
    return await patch(who, made.headers["location"], data, 0)
