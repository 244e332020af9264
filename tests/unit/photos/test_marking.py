"""What was drawn over a photo is printed with it, where it was drawn."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from schemas.marks import Mark
from server.documents.print_copies import print_copy
from server.photos.copies import stamp_lines
from server.photos.derivation import Facts, make_stamped
from server.photos.marking import draw_marks, strokes
from server.photos.recognition import recognise

ARROW = Mark(shape="arrow", points=[0.1, 0.5, 0.9, 0.5])
CIRCLE = Mark(shape="circle", points=[0.25, 0.25, 0.75, 0.75])


def _reds(image: Image.Image) -> set[tuple[int, int]]:
    width, height = image.size
    found = set()
    for x in range(width):
        for y in range(height):
            pixel = image.getpixel((x, y))
            assert isinstance(pixel, tuple)
            if pixel[0] > 180 and pixel[1] < 90:
                found.add((x, y))
    return found


def test_a_circle_goes_round_what_it_marks() -> None:
    image = Image.new("RGB", (400, 300), "black")
    draw_marks(image, [CIRCLE])
    reds = _reds(image)
    for near in ((100, 150), (300, 150), (200, 75), (200, 225)):
        assert any(abs(x - near[0]) <= 2 and abs(y - near[1]) <= 2 for x, y in reds), near
    assert not any(150 < x < 250 and 110 < y < 190 for x, y in reds)


def test_an_arrow_has_its_head_where_it_points() -> None:
    lines = strokes(ARROW, (400, 300))
    assert lines[0] == [(40.0, 150.0), (360.0, 150.0)]
    assert lines[1][1] == (360.0, 150.0)
    assert max(lines[1][0][0], lines[1][2][0]) < 360


@pytest.mark.parametrize("mark", [ARROW, CIRCLE, Mark(shape="pen", points=[0, 0, 0.5, 0.5, 1, 0])])
def test_marks_without_extent_and_at_the_edge_break_nothing(mark: Mark) -> None:
    draw_marks(Image.new("RGB", (3, 2)), [mark])
    draw_marks(Image.new("RGB", (300, 200)), [Mark(shape=mark.shape, points=[1, 1, 1, 1])])


def test_a_mark_lies_on_the_upright_picture_of_a_print_copy() -> None:
    lying = Image.new("RGB", (300, 200), "black")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    stream = io.BytesIO()
    lying.save(stream, "JPEG", exif=exif)
    along_the_top = Mark(shape="pen", points=[0.1, 0.1, 0.9, 0.1])
    with Image.open(io.BytesIO(print_copy(stream.getvalue(), [along_the_top]))) as copy:
        assert copy.size == (200, 300)
        assert {y // 10 for _, y in _reds(copy)} <= {2, 3}
        assert len({x for x, _ in _reds(copy)}) > 140


def test_a_mark_lies_on_the_upright_picture_of_a_stamped_copy_and_beneath_its_words(tmp_path: Path) -> None:
    lying = Image.new("RGB", (600, 400), "black")
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "original"
    lying.save(path, "JPEG", exif=exif)
    before = path.read_bytes()
    along_the_top = Mark(shape="pen", points=[0.1, 0.1, 0.9, 0.1])
    along_the_foot = Mark(shape="pen", points=[0.1, 0.98, 0.9, 0.98])
    made = make_stamped(path, recognise(path), Facts(), ["拍摄 2026-11-24"], [along_the_top, along_the_foot])
    with Image.open(io.BytesIO(made)) as copy:
        assert copy.size == (400, 600)
        assert {y // 20 for _, y in _reds(copy)} == {2, 3}
        assert len({x for x, _ in _reds(copy)}) > 280
    assert path.read_bytes() == before


def test_a_stamp_carries_the_note_in_one_line_that_can_be_read() -> None:
    lines = stamp_lines(Facts(), None, "ab" * 32, note="门框上的\n标识脱落")
    assert "说明 门框上的 标识脱落" in lines
    [long] = [line for line in stamp_lines(Facts(), None, "ab" * 32, note="字" * 200) if line.startswith("说明")]
    assert len(long) < 50
    assert not any(line.startswith("说明") for line in stamp_lines(Facts(), None, "ab" * 32))
