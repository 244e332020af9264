"""File names out of what people typed."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.exports.naming import Placed, path_of, safe_name


def placed(site: str, item: str = "YL-B01") -> Placed:
    return Placed(
        sha256="ab" * 32, suffix="jpg", size_bytes=1, site=site, item=item, purpose="发现问题", task="",
        taken_at=None, lat=None, lon=None,
    )  # fmt: skip


def test_a_path_reads_as_site_item_day_and_purpose() -> None:
    path = path_of(placed("田心街道社区卫生服务中心"), "2026-11-24")
    assert path == "田心街道社区卫生服务中心/YL-B01/2026-11-24_发现问题_abababab.jpg"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc", "_.._etc"),
        ("a/b\\c", "a_b_c"),
        ("CON?.", "CON_"),
        ("\u202egpj.exe", "_gpj.exe"),
        (" . ", "_"),
        ("", "_"),
    ],
)
def test_what_could_leave_the_folder_or_lie_about_itself_is_taken_out(typed: str, kept: str) -> None:
    assert safe_name(typed) == kept


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_name_leaves_its_folder_on_any_system(site: str, item: str) -> None:
    path = path_of(placed(site, item), "2026-11-24")
    for flavour in (PurePosixPath(path), PureWindowsPath(path)):
        assert not flavour.is_absolute()
        assert ".." not in flavour.parts
        assert len(flavour.parts) == 3
