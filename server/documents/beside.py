"""What a template finds beside it: photos as files, an address as a picture of its code."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import segno


def lay_photos(root: Path, copies: Mapping[str, bytes]) -> dict[str, str]:
    """Lay print copies into the folder; the file's name for each hash."""
    named = {sha256: f"photo-{number}.jpg" for number, sha256 in enumerate(copies, 1)}
    for sha256, name in named.items():
        (root / name).write_bytes(copies[sha256])
    return named


def code_svg(url: str) -> bytes:
    """A QR code that opens an address, as SVG."""
    stream = io.BytesIO()
    segno.make(url, error="m", micro=False).save(stream, kind="svg", border=2, xmldecl=False)
    return stream.getvalue()
