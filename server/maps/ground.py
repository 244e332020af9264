"""The ground below the map: addresses of tiles, and a PMTiles file of this installation that is read in ranges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar import Request, Response

from schemas.maps import MapGround
from server.errors import NotFound
from server.photos.serving import chosen_range
from server.settings import Settings

ARCHIVE = "/api/map/ground.pmtiles"
# The largest piece given at once: a tile or a directory is far smaller, and a whole archive may be gigabytes.
LARGEST_PIECE_BYTES = 4 * 1024 * 1024


def ground_of(settings: Settings) -> MapGround:
    """What the page is to draw below the sites."""
    return MapGround(
        tiles=list(settings.map_tiles),
        datum=settings.map_datum,
        attribution=settings.map_attribution,
        archive=ARCHIVE if settings.map_archive else None,
    )


def piece(request: Request[Any, Any, Any], path: Path | None) -> Response[bytes]:
    """A range of the archive; without one, its first bytes. Raises NotFound and RangeNotSatisfiable.

    Its tag is its size and time, so that a page that began with another file begins anew.
    """
    if path is None or not path.is_file():
        raise NotFound
    about = path.stat()
    start, length = chosen_range(request.headers.get("range"), about.st_size) or (0, about.st_size)
    with path.open("rb") as archive:
        archive.seek(start)
        content = archive.read(min(length, LARGEST_PIECE_BYTES))
    headers = {
        "ETag": f'"{about.st_size:x}-{about.st_mtime_ns:x}"',
        "Content-Range": f"bytes {start}-{start + len(content) - 1}/{about.st_size}",
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=3600",
        "Vary": "Cookie, Range",
    }
    return Response(content, status_code=206, media_type="application/vnd.pmtiles", headers=headers)
