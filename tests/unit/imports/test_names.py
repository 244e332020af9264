"""Units, sites and items as lists call them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.names import Directory, Found, ItemName, SiteName, UnitName


def unit(code: str, name: str, *, owes: bool = True, now: str = "", former: tuple[str, ...] = ()) -> UnitName:
    return UnitName(code, code, name, owes, now or code, former)


DIRECTORY = Directory.of(
    [
        unit("U-WJJ", "区卫计局"),
        unit("U-ZFB", "区政府办"),
        unit("U-WTLJ", "区文体旅局"),
        unit("U-JD-TX", "田心街道"),
        unit("U-JD-QST", "清水塘街道"),
        unit("U-OLD", "区旅游局", owes=False, now="U-WTLJ", former=("区旅游外事局",)),
        unit("U-KJJ", "区科技和信息化局", former=("区科学技术局", "区科教局")),
        unit("U-JD-NEW", "龙头铺街道", former=("老屋街道",)),
        unit("U-JYJ", "区科教局"),
    ],
    [
        SiteName("s1", "YL-01", "田心示范医院", "hospital", "U-WJJ"),
        SiteName("s2", "YL-05", "东门社区卫生服务站", "health_station", "U-WJJ"),
        SiteName("s3", "YL-06", "北门社区卫生服务站", "health_station", "U-WJJ"),
    ],
    [ItemName("YL-B01", "室内公共区域禁烟标识", "minor", frozenset())],
)


@pytest.mark.parametrize(
    ("text", "id_", "how"),
    [
        ("区卫计局", "U-WJJ", "exact"),
        (" 区 卫 计 局 ", "U-WJJ", "exact"),
        ("U-WJJ", "U-WJJ", "exact"),
        ("区卫健局", "U-WJJ", "alias"),
        ("卫健局", "U-WJJ", "alias"),
        ("石峰区卫计局", "U-WJJ", "exact"),
        ("石峰区卫生健康局", "U-WJJ", "alias"),
        ("田心街道办事处", "U-JD-TX", "alias"),
        ("田心街道办", "U-JD-TX", "alias"),
        ("区旅游局", "U-WTLJ", "heir"),
        ("石峰区旅游外事局", "U-WTLJ", "heir"),
        ("区科学技术局", "U-KJJ", "former"),
        ("老屋街道办事处", "U-JD-NEW", "former"),
        ("区科教局", "U-JYJ", "exact"),
        ("田心街道党工委", "U-JD-TX", "guess"),
    ],
)
def test_a_unit_is_found_by_its_names(text: str, id_: str, how: str) -> None:
    found = DIRECTORY.unit(text)
    assert found is not None
    assert (found.id, found.how) == (id_, how)


def test_the_first_of_several_units_owes_and_the_others_are_named() -> None:
    assert DIRECTORY.unit("区卫计局、田心街道") == Found("U-WJJ", "exact", ("U-JD-TX",))
    assert DIRECTORY.unit("区卫计局\n清水塘街道；区政府办") == Found("U-WJJ", "exact", ("U-JD-QST", "U-ZFB"))


def test_a_unit_beside_one_that_nobody_knows_is_a_guess() -> None:
    found = DIRECTORY.unit("区卫计局、某公司")
    assert found is not None
    assert (found.id, found.how) == ("U-WJJ", "guess")


@pytest.mark.parametrize("text", ["", "区水务局", "街道", "、", "区"])
def test_what_names_no_unit_or_more_than_one_is_none(text: str) -> None:
    assert DIRECTORY.unit(text) is None


def test_a_site_is_found_by_name_by_code_and_as_the_only_one_that_fits() -> None:
    assert DIRECTORY.site("田心示范医院") == Found("s1", "exact")
    assert DIRECTORY.site("yl-01") == Found("s1", "exact")
    assert DIRECTORY.site("田心示范医院门诊楼三楼") == Found("s1", "guess")
    assert DIRECTORY.site("东门社区卫生服务站") == Found("s2", "exact")
    assert DIRECTORY.site("社区卫生服务站") is None
    assert DIRECTORY.site("菜市场") is None


def test_an_item_is_found_by_its_code_or_its_words() -> None:
    assert DIRECTORY.item("YL-B01") == Found("YL-B01", "exact")
    assert DIRECTORY.item("依据 YL-B01 控烟") == Found("YL-B01", "exact")
    assert DIRECTORY.item("室内公共区域，禁烟标识") == Found("YL-B01", "exact")
    assert DIRECTORY.item("YL-Z99") is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_directory(text: str) -> None:
    DIRECTORY.unit(text)
    DIRECTORY.site(text)
    DIRECTORY.item(text)
