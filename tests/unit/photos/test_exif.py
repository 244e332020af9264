"""The camera's witness: what it says, what it does not, and that reading it never fails."""

import io
import random
import struct
from datetime import UTC, datetime, timedelta, timezone

import piexif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from server.photos.exif import PlaceState, Witness, is_sound, read_witness
from tests.fixtures import photos

# Pillow warns of each damaged tag.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

ZERO = ((0, 1), (0, 1), (0, 1))
SOUTH_WEST = ((33, 1), (51, 1), (3540, 100))


def read(exif: bytes) -> Witness:
    return read_witness(Image.open(io.BytesIO(photos.saved(Image.new("RGB", (8, 8)), exif=exif))))


def test_a_phone_s_place_and_time_are_read() -> None:
    witness = read(photos.exif_block(place=photos.SHIFENG, orientation=6))
    assert (witness.place, witness.lat, witness.lon) == (PlaceState.VALID, *photos.SHIFENG)
    assert (witness.local_time, witness.offset) == ("2026-11-24T09:12:03", "+08:00")
    assert witness.taken_at(UTC) == datetime(2026, 11, 24, 1, 12, 3, tzinfo=UTC)
    assert (witness.camera, witness.orientation, witness.malformed) == ("Xungai Phone", 6, False)


def test_a_camera_without_an_offset_is_taken_at_its_assumed_zone() -> None:
    witness = read(photos.exif_block(offset=None))
    assert witness.taken_at(timezone(timedelta(hours=8))) == datetime(2026, 11, 24, 1, 12, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tags", "state"),
    [
        ({}, PlaceState.ABSENT),
        ({"lat_ref": b"N", "lon_ref": b"E"}, PlaceState.ABSENT),
        ({"lat": ZERO, "lon": ZERO, "lat_ref": b"", "lon_ref": b""}, PlaceState.ZEROED),
        ({"lat": ZERO, "lon": ZERO, "lat_ref": b"N", "lon_ref": b"E"}, PlaceState.ZEROED),
        ({"lat": ((27, 1), (5, 0), (0, 1)), "lon": ZERO, "lat_ref": b"N", "lon_ref": b"E"}, PlaceState.MALFORMED),
        ({"lat": ((0, 0),) * 3, "lon": ((0, 0),) * 3, "lat_ref": b"N", "lon_ref": b"E"}, PlaceState.MALFORMED),
        (
            {"lat": ((4294967295, 1), (0, 1), (0, 1)), "lon": ZERO, "lat_ref": b"N", "lon_ref": b"E"},
            PlaceState.MALFORMED,
        ),
        (
            {"lat": ((91, 1), (0, 1), (0, 1)), "lon": ((1, 1), (0, 1), (0, 1)), "lat_ref": b"N", "lon_ref": b"E"},
            PlaceState.MALFORMED,
        ),
        ({"lat": SOUTH_WEST, "lat_ref": b"N"}, PlaceState.MALFORMED),
        ({"lat": SOUTH_WEST, "lon": SOUTH_WEST}, PlaceState.MALFORMED),
        ({"lat": SOUTH_WEST, "lon": SOUTH_WEST, "lat_ref": b"S", "lon_ref": b"W"}, PlaceState.VALID),
    ],
)
def test_r86_a_place_is_valid_or_it_is_none(tags: dict[str, object], state: PlaceState) -> None:
    witness = read(photos.gps_block(**tags)) if tags else read(photos.exif_block())
    assert witness.place is state
    if state is PlaceState.VALID:
        assert (witness.lat, witness.lon) == (-33.8598333, -33.8598333)
    else:
        assert witness.lat is witness.lon is None


@pytest.mark.parametrize("block", [photos.looping_exif(), photos.huge_count_exif(), b"Exif\0\0", b"Exif\0\0II*\0"])
def test_a_damaged_block_is_marked(block: bytes) -> None:
    witness = read(block)
    assert witness.malformed
    assert witness.present


def test_no_exif_is_no_damage() -> None:
    assert read_witness(Image.new("RGB", (8, 8))) == Witness()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("华为".encode(), "华为"),
        (b"HUAWEI\0\0junk", "HUAWEI"),
        ("华为".encode("gbk"), None),
        (b"<script>alert(1)</script>", "<script>alert(1)</script>"),
        (b"x" * 500, "x" * 64),
        (b"\x1b[31mred", "[31mred"),
    ],
)
def test_text_is_printable_short_and_without_nul(written: bytes, read_as: str | None) -> None:
    witness = read(piexif.dump({"0th": {piexif.ImageIFD.Make: written}}))
    if read_as is not None:
        assert witness.camera == read_as
    assert witness.camera is None or (witness.camera.isprintable() and "\0" not in witness.camera)


@pytest.mark.parametrize("time", ["1999:99:99 10:10:10", "0000:00:00 00:00:00", "    :  :     :  :  ", "now", ""])
def test_a_time_that_is_none_is_absent(time: str) -> None:
    assert read(photos.exif_block(time=time or " ", offset="+99:99")).local_time is None


def test_mutated_blocks_never_make_it_fail() -> None:
    chance = random.Random(20261124)
    whole = photos.exif_block(place=photos.SHIFENG, orientation=3)
    for _ in range(3000):
        block = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            block[chance.randrange(6, len(block))] = chance.randrange(256)
        image = Image.new("RGB", (1, 1))
        image.info["exif"] = bytes(block[: chance.randint(6, len(block))])
        witness = read_witness(image)
        assert 1 <= witness.orientation <= 8


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_at_all_are_judged(noise: bytes) -> None:
    is_sound(b"Exif\0\0" + noise)
    is_sound(b"Exif\0\0II*\0" + noise)
    image = Image.new("RGB", (1, 1))
    image.info["exif"] = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + noise
    read_witness(image)
