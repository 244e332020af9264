"""What is printed for a wall: on A3, on white whatever the screen is."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.office import Office

A3_LANDSCAPE_PT = (1191, 842)


def test_the_matrix_is_one_sheet_of_a3_and_white_from_a_dark_screen(desk: Device) -> None:
    Office(desk).sign_in().go("责任分工")
    page = desk.page
    expect(page.get_by_role("columnheader", name="区卫计局")).to_be_visible()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(color_scheme="dark", media="print")
    sheet = page.pdf(prefer_css_page_size=True, print_background=True)
    sizes = [
        tuple(round(float(one)) for one in found)
        for found in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheet)
    ]
    assert sizes == [A3_LANDSCAPE_PT]
    paper = "() => getComputedStyle(document.documentElement).getPropertyValue('--surface').trim()"
    assert page.evaluate(paper) in ("#fff", "#ffffff")
    page.emulate_media(media="screen")
    assert page.evaluate(paper) not in ("#fff", "#ffffff")
