"""What is a photo is told by its bytes, and what is too large is refused before it is decoded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server.photos.recognition import Kind, NotAPhotoError, TooManyPixelsError, UndecodableError, recognise
from tests.fixtures import photos


def kept(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("make", photos.NOT_PHOTOS.values(), ids=photos.NOT_PHOTOS.keys())
def test_r86_what_is_not_a_photo_is_told_by_its_bytes(tmp_path: Path, make: Callable[[], bytes]) -> None:
    with pytest.raises(NotAPhotoError):
        recognise(kept(tmp_path, make()))


@pytest.mark.parametrize("make", photos.TOO_MANY_PIXELS.values(), ids=photos.TOO_MANY_PIXELS.keys())
def test_r86_too_many_pixels_are_refused_by_the_header(tmp_path: Path, make: Callable[[], bytes]) -> None:
    with pytest.raises(TooManyPixelsError):
        recognise(kept(tmp_path, make()))


@pytest.mark.parametrize(
    ("data", "limit_kept"),
    [
        (photos.jpeg_header(20000, 10000), True),
        (photos.jpeg_header(20001, 10000), False),
        (photos.multi_scan_header(8000, 8000), True),
        (photos.multi_scan_header(8001, 8000), False),
        (photos.png_bomb(10000, 5000), True),
    ],
)
def test_a_limit_is_the_last_size_that_passes(tmp_path: Path, data: bytes, limit_kept: bool) -> None:
    if limit_kept:
        recognise(kept(tmp_path, data))
    else:
        with pytest.raises(TooManyPixelsError):
            recognise(kept(tmp_path, data))


@pytest.mark.parametrize(
    ("name", "kind", "streams"),
    [
        ("jpeg with a place", Kind.JPEG, True),
        ("grey jpeg", Kind.JPEG, True),
        ("mpo", Kind.JPEG, True),
        ("progressive jpeg", Kind.JPEG, False),
        ("png", Kind.PNG, False),
        ("webp", Kind.WEBP, False),
        ("lossless webp", Kind.WEBP, False),
        ("animated webp", Kind.WEBP, False),
        ("heic", Kind.HEIC, False),
    ],
)
def test_each_kind_is_known_and_only_a_jpeg_in_one_scan_streams(
    tmp_path: Path, name: str, kind: Kind, streams: bool
) -> None:
    found = recognise(kept(tmp_path, photos.GOOD[name]()))
    assert (found.kind, found.streams) == (kind, streams)
    if kind is not Kind.HEIC:
        assert (found.width, found.height) == (800, 600)


def test_every_cut_of_a_header_is_a_refusal_and_never_a_crash(tmp_path: Path) -> None:
    for name in ("jpeg with a place", "png", "webp", "lossless webp", "animated webp", "heic"):
        whole = photos.GOOD[name]()
        for length in range(64):
            try:
                recognise(kept(tmp_path, whole[:length]))
            except (NotAPhotoError, UndecodableError):
                continue
