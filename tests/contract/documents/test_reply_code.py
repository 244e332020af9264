"""The code on the paper, read back as a telephone reads it: from the printed page, and from what a screen draws."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import msgspec
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from schemas.documents import Document
from server.documents.composing.facts import ReplyLink
from server.documents.composing.frame import reply_code
from server.documents.docx import render_docx
from server.documents.pdf import render_pdf
from server.replies.codes import squared, squares
from server.replies.links import Named, make_token
from tests.contract.documents import measuring
from tests.factories import documents as sample

_IDS = [f"018f0000-0000-7000-8000-00000000000{number}" for number in range(3)]
# As long as an address of an installation gets.
URL = "https://xungai.shifeng-district.example/reply#" + make_token(Named(*_IDS), secret="s" * 40, key=1)


def printed() -> bytes:
    return render_pdf(carrying_a_code(), sample.PHOTOS)


def carrying_a_code() -> Document:
    code = squared(reply_code(ReplyLink(URL, "区卫计局", date(2026, 12, 2))))
    return msgspec.structs.replace(sample.assignment(), reply_code=code)


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def test_a_telephone_reads_the_code_from_the_printed_page_and_from_a_poor_copy_of_it() -> None:
    with measuring.opened(printed()) as pdf:
        drawn = [page.to_image(resolution=200).original for page in pdf.pages]
    (found,) = [text for page in drawn for text in read(page)]
    assert found == URL
    (page,) = [page for page in drawn if read(page)]
    faxed = page.convert("L").filter(ImageFilter.GaussianBlur(1.2)).point(lambda grey: 255 if grey > 150 else 0)
    assert read(faxed) == [URL]


def test_a_telephone_reads_the_code_from_the_word_document() -> None:
    document = carrying_a_code()
    word = render_docx(document, sample.PHOTOS)
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        pictures = [package.read(name) for name in package.namelist() if name.endswith(".png")]
    assert [text for one in pictures for text in read(Image.open(io.BytesIO(one)))] == [URL]


def test_a_telephone_reads_the_code_that_a_screen_draws() -> None:
    size, path = squares(URL)
    canvas = Image.new("L", (size * 4, size * 4), 255)
    brush = ImageDraw.Draw(canvas)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", path):
        left, top = int(x) * 4, int(y) * 4
        brush.rectangle((left, top, left + int(run) * 4 - 1, top + 3), fill=0)
    assert read(canvas) == [URL]


def test_the_code_stands_below_the_note_on_the_page_of_the_signature() -> None:
    """GB/T 9704 leaves that place free; a code that does not fit takes signature and last paragraph along."""
    with measuring.opened(printed()) as pdf:
        (page,) = [page for page in pdf.pages if read(page.to_image(resolution=200).original)]
        words = "".join(char["text"] for char in page.chars)
        (note,) = [char for char in page.chars if char["text"] == "电" and abs(char["size"] - 16) < 0.1][:1]
        (found,) = zxingcpp.read_barcodes(page.to_image(resolution=216).original.convert("L"))
    assert "2026年11月10日" in words and "扫描二维码可直接回复本函" in words
    assert found.position.top_left.y / 3 > note["bottom"]
    assert found.position.bottom_right.y / 3 < 262 / measuring.MM
