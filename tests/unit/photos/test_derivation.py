"""The copies: small enough, upright, in sRGB, with place and time; and nothing invented."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from server.photos import derivation
from server.photos.copies import stamp_lines
from server.photos.derivation import Facts, encode_within, exif_of, facts_of, make_declaration, make_screen
from server.photos.exif import PlaceState, Witness, read_witness
from server.photos.recognition import recognise
from tests.fixtures import photos

RECEIVED = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
TAKEN = datetime(2026, 11, 24, 1, 12, 3, tzinfo=UTC)
PHONE = (27.8741, 113.1187, 12.0)


def declared(tmp_path: Path, data: bytes, facts: Facts) -> tuple[Image.Image, bytes]:
    path = tmp_path / "original"
    path.write_bytes(data)
    made = make_declaration(path, recognise(path), facts)
    return Image.open(io.BytesIO(made)), made


@pytest.mark.parametrize("name", photos.GOOD.keys())
def test_r32_every_photo_becomes_an_upright_jpeg_with_place_and_time(tmp_path: Path, name: str) -> None:
    facts = facts_of(Witness(), received_at=RECEIVED, taken_at=TAKEN, position=PHONE)
    image, made = declared(tmp_path, photos.GOOD[name](), facts)
    witness = read_witness(image)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert len(made) <= 2_000_000
    assert (witness.place, witness.lat, witness.lon) == (PlaceState.VALID, 27.8741, 113.1187)
    assert (witness.local_time, witness.offset) == ("2026-11-24T09:12:03", "+08:00")
    assert image.getexif()[0x0112] == 1
    assert not witness.malformed


@pytest.mark.parametrize("orientation", range(1, 9))
def test_r32_the_declaration_stands_upright(tmp_path: Path, orientation: int) -> None:
    image, _ = declared(tmp_path, photos.turned(orientation), Facts())
    assert image.size == (800, 600)
    red, green, blue = image.getpixel((40, 40))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 60


def test_r32_noise_that_no_quality_makes_small_enough_is_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = Image.effect_noise((900, 700), 120).convert("RGB")
    limit = 60_000
    made = encode_within(noise, exif_of(Facts(), noise.size), limit)
    image = Image.open(io.BytesIO(made))
    assert len(made) <= limit
    assert image.width < 900
    assert image.width / image.height == pytest.approx(900 / 700, rel=0.02)


def test_r32_what_fits_keeps_every_pixel_and_nothing_is_enlarged() -> None:
    for size in ((1, 1), (640, 480), (4000, 3000)):
        image = Image.effect_noise((100, 100), 90).resize(size).convert("RGB")
        made = encode_within(image, exif_of(Facts(), size), derivation.DECLARATION_PRODUCED_BYTES)
        assert len(made) <= 2_000_000
        assert Image.open(io.BytesIO(made)).size == size


def test_the_camera_s_place_stands_and_the_phone_s_fills_the_gap() -> None:
    camera = Witness(present=True, place=PlaceState.VALID, lat=30.6, lon=119.7)
    zeroed = Witness(present=True, place=PlaceState.ZEROED)
    assert facts_of(camera, received_at=RECEIVED, position=PHONE).lat == 30.6
    assert facts_of(zeroed, received_at=RECEIVED, position=PHONE).lat == 27.8741


def test_where_nobody_knows_the_place_none_is_invented(tmp_path: Path) -> None:
    facts = facts_of(Witness(), received_at=RECEIVED)
    image, _ = declared(tmp_path, photos.GOOD["png"](), facts)
    assert not image.getexif().get_ifd(0x8825)
    assert facts.local_time == "2026-11-24T09:30:00"
    assert "未取得定位" in stamp_lines(facts, None, "ab" * 32)


@pytest.mark.parametrize("never_set", ["1980-01-01T00:00:00", "2099-09-29T10:10:10"])
def test_a_camera_clock_that_was_never_set_does_not_count(never_set: str) -> None:
    witness = Witness(present=True, local_time=never_set)
    facts = facts_of(witness, received_at=RECEIVED, taken_at=TAKEN)
    assert facts.local_time == "2026-11-24T09:12:03"


def test_south_and_west_are_written_as_such() -> None:
    image = Image.new("RGB", (8, 8))
    data = photos.saved(image, exif=exif_of(Facts(lat=-33.85981, lon=-70.5), image.size))
    witness = read_witness(Image.open(io.BytesIO(data)))
    assert (witness.lat, witness.lon) == (-33.85981, -70.5)


def test_the_stamp_darkens_the_foot_and_leaves_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(photos.jpeg())
    facts = facts_of(Witness(), received_at=RECEIVED, taken_at=TAKEN, position=PHONE)
    lines = stamp_lines(facts, "石峰区人民医院（门诊楼）", "9be023624ccd" + "0" * 52, item="YL-B01 禁烟标识")
    assert lines == [
        "拍摄 2026-11-24 09:12:03 +08:00",
        "地点 石峰区人民医院（门诊楼）",
        "项目 YL-B01 禁烟标识",
        "WGS-84 27.87410, 113.11870 ±12 m（手机定位）",
        "照片 9be023624ccd",
    ]
    plain = Image.open(io.BytesIO(make_declaration(path, recognise(path), facts)))
    stamped = Image.open(io.BytesIO(derivation.make_stamped(path, recognise(path), facts, lines)))
    assert stamped.size == plain.size == (800, 600)
    top = (0, 0, 800, 400)
    assert stamped.crop(top).tobytes() == plain.crop(top).tobytes()
    assert stamped.getpixel((795, 598))[0] < plain.getpixel((795, 598))[0]  # type: ignore[index]
    assert max(stamped.crop((0, 520, 800, 600)).convert("L").getdata()) > 230


def test_a_stamp_fits_on_the_smallest_picture(tmp_path: Path) -> None:
    path = tmp_path / "original"
    for size in ((1, 1), (10, 10), (300, 40), (40, 300)):
        path.write_bytes(photos.saved(Image.new("RGB", size, "white")))
        made = derivation.make_stamped(path, recognise(path), Facts(), ["拍摄 2026-11-24 09:12:03 +08:00"] * 4)
        assert Image.open(io.BytesIO(made)).size == size


def test_the_screen_copy_is_at_most_1600_and_carries_no_metadata(tmp_path: Path) -> None:
    path = tmp_path / "original"
    for size, expected in (((4000, 3000), (1600, 1200)), ((800, 600), (800, 600)), ((3000, 4000), (1200, 1600))):
        path.write_bytes(photos.jpeg(size=size, place=photos.SHIFENG))
        image = Image.open(io.BytesIO(make_screen(path, recognise(path))))
        assert image.size == expected
        assert not image.getexif()
