"""One scaled decode: upright, whole, and in little memory."""

import io
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image

from server.photos.decoding import Inspection, difference_hash
from server.photos.flags import are_near, bits_apart
from server.photos.recognition import TooManyPixelsError, UndecodableError
from server.photos.workshop import Workshop
from tests.fixtures import photos


@pytest.fixture
async def workshop() -> AsyncIterator[Workshop]:
    shop = Workshop()
    yield shop
    shop.close()


async def inspected(workshop: Workshop, tmp_path: Path, data: bytes) -> Inspection:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return await workshop.inspect(path, await workshop.recognise(path))


@pytest.mark.parametrize("make", photos.GOOD.values(), ids=photos.GOOD.keys())
async def test_every_good_photo_gives_a_thumbnail_and_a_hash(
    workshop: Workshop, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    found = await inspected(workshop, tmp_path, make())
    small = Image.open(io.BytesIO(found.thumbnail))
    small.load()
    assert small.format == "JPEG"
    assert max(small.size) <= 320
    assert len(found.dhash) == 16
    assert (found.width, found.height) in ((800, 600), (1, 1), (9000, 1))
    assert not small.getexif()


@pytest.mark.parametrize("make", photos.UNDECODABLE.values(), ids=photos.UNDECODABLE.keys())
async def test_r86_what_cannot_be_read_to_its_end_is_undecodable(
    workshop: Workshop, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    with pytest.raises(UndecodableError):
        await inspected(workshop, tmp_path, make())


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_all_eight_orientations_stand_upright(workshop: Workshop, tmp_path: Path, orientation: int) -> None:
    found = await inspected(workshop, tmp_path, photos.turned(orientation))
    small = Image.open(io.BytesIO(found.thumbnail)).convert("RGB")
    assert (found.width, found.height) == (800, 600)
    assert small.size == (320, 240)
    red, green, blue = small.getpixel((20, 20))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 60


async def test_the_kind_does_not_change_what_a_picture_looks_like(workshop: Workshop, tmp_path: Path) -> None:
    hashes = [
        (await inspected(workshop, tmp_path, photos.GOOD[name]())).dhash
        for name in ("jpeg without exif", "png", "webp", "progressive jpeg", "heic")
    ]
    assert all(are_near(hashes[0], other) for other in hashes), hashes


async def test_different_pictures_are_not_near(workshop: Workshop, tmp_path: Path) -> None:
    one = (await inspected(workshop, tmp_path, photos.jpeg(seed=1))).dhash
    two = (await inspected(workshop, tmp_path, photos.jpeg(seed=5))).dhash
    assert bits_apart(one, two) > 8


def test_the_hash_of_a_falling_and_a_rising_ramp_are_opposites() -> None:
    ramp = Image.linear_gradient("L").rotate(90).resize((320, 240))
    assert difference_hash(ramp) == "f" * 16
    assert difference_hash(ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) == "0" * 16


async def test_a_picture_of_50_megapixels_fits_into_the_worker(workshop: Workshop, tmp_path: Path) -> None:
    plain = Image.new("RGBA", (10_000, 5_000), (90, 120, 60, 200))
    colours = plain.convert("RGB")
    for data in (
        photos.saved(plain, "PNG", compress_level=1),
        photos.saved(plain, "WEBP", lossless=True, quality=0, method=0),
        photos.saved(colours, "WEBP", method=0),
        photos.saved(colours, progressive=True, subsampling=0),
    ):
        found = await inspected(workshop, tmp_path, data)
        assert (found.width, found.height) == (10_000, 5_000)


async def test_what_needs_more_memory_than_the_worker_has_ends_only_the_worker(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(photos.png_bomb(40_000, 30_000))
    from server.photos.recognition import Kind, Recognised

    with pytest.raises((UndecodableError, TooManyPixelsError)):
        await workshop.inspect(path, Recognised(Kind.PNG, 1, 1))
