"""No text in a spreadsheet is a formula, whatever somebody wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.ledger.cells import LONGEST_CELL, Link, safe_text


@given(st.sampled_from("=+-@\t\r"), st.text(max_size=40))
def test_r88_no_cell_begins_as_a_formula(first: str, rest: str) -> None:
    assert safe_text(first + rest).startswith("'" + first)


@given(st.text(max_size=60))
def test_r88_control_characters_hide_no_formula(text: str) -> None:
    safe = safe_text("\x00\x1b" + text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not any(ord(letter) < 32 and letter not in "\t\n\r" for letter in safe)


def test_ordinary_text_stays_and_none_is_longer_than_a_cell() -> None:
    assert safe_text("三楼候诊区\n无标识 = 不合格") == "三楼候诊区\n无标识 = 不合格"
    assert len(safe_text("=" + "长" * 40_000)) == LONGEST_CELL


def test_a_quotation_mark_does_not_end_the_address_of_a_link() -> None:
    formula = Link('https://x.test/"&HYPERLINK("b', 'a"b').formula()
    assert formula == '=HYPERLINK("https://x.test/""&HYPERLINK(""b","a""b")'
