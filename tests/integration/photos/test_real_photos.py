"""The real photos beside the project: each becomes what its index says, through the whole pipeline."""

import csv
import io
from pathlib import Path

import pytest
from PIL import Image

from server.photos.exif import PlaceState, read_witness
from tests.conftest import SignIn
from tests.factories import uploads
from tests.factories.uploads import SHIFENG_FIX

pytestmark = [pytest.mark.shared, pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)]

REASONS = {"not-a-photo", "undecodable", "too-large", "empty-upload"}


def outcome(row: dict[str, str]) -> str:
    """accept, reject or either: as `checks/main_job.py` reads the index."""
    wish = row["suggested_inspection_upload"].lower()
    if any(kind in row["real_type"].upper() for kind in ("PNG", "WEBP", "HEI")):
        return "accept"
    if " or " in wish:
        return "either"
    return "accept" if wish.startswith("accept") else "reject"


async def test_r32_r86_each_real_photo_becomes_what_its_index_says(shared: Path, sign_in: SignIn) -> None:
    inspector = await sign_in("inspector")
    with (shared / "photos" / "index.csv").open(encoding="utf-8") as index:
        rows = list(csv.DictReader(index))
    assert len(rows) == 35
    for row in rows:
        data = (shared / "photos" / row["file"]).read_bytes()
        name = row["upload_as"] or row["file"]
        answer = await uploads.send(inspector, data, filename=name, **SHIFENG_FIX)
        kept = answer.headers.get("x-photo-sha256") == row["sha256"]
        if outcome(row) != "either":
            assert kept is (outcome(row) == "accept"), (row["file"], answer.status_code, answer.text)
        path = f"/api/photos/{row['sha256']}"
        if not kept:
            assert answer.json()["type"].removeprefix("/problems/") in REASONS, row["file"]
            assert (await inspector.get(path)).status_code == 404, row["file"]
            continue
        told = (await inspector.get(path)).json()
        upright = (int(row["width"]), int(row["height"]))
        turned = row["orientation"] in ("5", "6", "7", "8") and row["real_type"] != "HEIC"
        assert (told["width"], told["height"]) == (upright[::-1] if turned else upright), row["file"]
        assert (told["exif"]["place"] == "valid") is is_place(row), row["file"]
        assert (await inspector.get(f"{path}/original")).content == data, row["file"]
        for copy in ("declaration", "stamped"):
            raw = (await inspector.get(f"{path}/{copy}")).content
            image = Image.open(io.BytesIO(raw))
            image.load()
            assert len(raw) <= 2_000_000, row["file"]
            assert (image.format, image.mode, image.getexif()[0x0112]) == ("JPEG", "RGB", 1), row["file"]
            assert read_witness(image).place is PlaceState.VALID, row["file"]


def is_place(row: dict[str, str]) -> bool:
    """Whether the index gives a position that is one."""
    return bool(row["lat"] and row["lon"]) and abs(float(row["lat"])) <= 90 and float(row["lat"]) != 0
