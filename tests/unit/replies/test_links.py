"""What a printed code says and when it opens anything: tables."""

from __future__ import annotations

import base64
import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.replies.links import LinkFacts, Named, first_expiry, is_genuine, last_day, make_token, read_token, standing

LINK, LETTER, UNIT, OTHER = (f"018f0000-0000-7000-8000-00000000000{number}" for number in range(4))
NAMED = Named(LINK, LETTER, UNIT)
SECRET = "a secret of the tests, long enough to be one"
TODAY = date(2026, 11, 24)
ISSUED = LinkFacts(letter_state="issued", letter_closed=False, withdrawn=False, expires_on=TODAY)


def opens(token: str, named: Named = NAMED, *, secret: str = SECRET, key: int = 1) -> bool:
    claim = read_token(token)
    return claim is not None and is_genuine(claim, named, secret=secret, key=key)


def test_r44_a_code_opens_its_own_link_and_is_short_enough_to_survive_a_photocopy() -> None:
    token = make_token(NAMED, secret=SECRET, key=1)
    assert opens(token)
    assert len(token) == 44
    assert read_token(token).link_id == LINK  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("named", "secret", "key"),
    [
        (Named(LINK, LETTER, OTHER), SECRET, 1),
        (Named(LINK, OTHER, UNIT), SECRET, 1),
        (Named(OTHER, LETTER, UNIT), SECRET, 1),
        (NAMED, SECRET + "!", 1),
        (NAMED, SECRET, 2),
    ],
    ids=["another unit", "another letter", "another link", "another secret", "a later key"],
)
def test_r44_a_signature_is_for_one_link_of_one_letter_to_one_unit(named: Named, secret: str, key: int) -> None:
    assert not opens(make_token(NAMED, secret=SECRET, key=1), named, secret=secret, key=key)


def test_r44_no_changed_bit_of_a_code_opens_anything() -> None:
    raw = bytearray(base64.urlsafe_b64decode(make_token(NAMED, secret=SECRET, key=1)))
    for bit in range(len(raw) * 8):
        raw[bit // 8] ^= 1 << bit % 8
        assert not opens(base64.urlsafe_b64encode(bytes(raw)).decode()), bit
        raw[bit // 8] ^= 1 << bit % 8


@given(st.text(max_size=60))
def test_whatever_is_scanned_is_read_or_none_and_never_a_fault(text: str) -> None:
    assert not opens(text)


@pytest.mark.parametrize("text", ["", "a" * 43, "a" * 45, "=" * 44, "é" * 44, "a+/" * 14 + "aa"])
def test_what_has_not_the_shape_of_a_code_is_none(text: str) -> None:
    assert read_token(text) is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "open"),
        ({"letter_state": "sealed"}, "open"),
        ({"letter_state": "signed"}, "not_yet"),
        ({"letter_state": "draft"}, "not_yet"),
        ({"letter_state": "archived"}, "closed"),
        ({"letter_state": "cancelled"}, "closed"),
        ({"letter_closed": True}, "closed"),
        ({"withdrawn": True}, "withdrawn"),
        ({"withdrawn": True, "letter_closed": True}, "withdrawn"),
        ({"expires_on": TODAY - timedelta(days=1)}, "expired"),
        ({"expires_on": TODAY + timedelta(days=1)}, "open"),
        ({"expires_on": date(2026, 11, 1), "agreed_until_on": date(2026, 11, 10), "grace_days": 14}, "open"),
        ({"expires_on": date(2026, 11, 1), "agreed_until_on": date(2026, 11, 10), "grace_days": 13}, "expired"),
        ({"agreed_until_on": date(2026, 1, 1), "grace_days": 1}, "open"),
    ],
)
def test_r44_the_row_decides_until_when_a_printed_code_is_open(change: dict[str, object], expected: str) -> None:
    assert standing(dataclasses.replace(ISSUED, **change), today=TODAY) == expected  # type: ignore[arg-type]


def test_r44_a_link_lasts_some_days_longer_than_the_latest_limit_of_its_letter() -> None:
    assert first_expiry([date(2026, 12, 1), date(2026, 12, 8)], grace_days=15) == date(2026, 12, 23)
    assert last_day(ISSUED) == TODAY
