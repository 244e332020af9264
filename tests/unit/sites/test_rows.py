"""A list of sites is understood row by row, and every fault is named."""

from __future__ import annotations

from typing import Any

from schemas.sites import Datum, SiteField
from server.imports.names import Directory, UnitName
from server.photos.geo import wgs84_to_gcj02
from server.sites.columns import fields_of, kind_of
from server.sites.rows import Ground, Known, Reading, read_rows

UNITS = {
    "u-health": ("U-WJJ", "区卫计局", True),
    "u-street": ("U-JD-TX", "田心街道", True),
    "u-out": ("X", "区文明办", False),
}
VALUES = {
    "code": "YL-01", "name": "田心示范医院", "kind": "hospital", "unit_id": "u-health", "street_id": "u-street",
    "institution": "", "address": "示范路1号", "lat": 27.8741, "lon": 113.1187, "radius_m": 150, "keeper_post": "",
    "keeper_phone": "", "residents": None,
}  # fmt: skip
NEW: dict[SiteField, str] = {
    "code": "YL-09", "name": "东门卫生服务站", "kind": "社区卫生服务站", "unit": "区卫计局", "street": "田心街道",
    "lat": "27.8713", "lon": "113.1263",
}  # fmt: skip


def ground(*, datum: Datum = "wgs84", closed: bool = False) -> Ground:
    units = [UnitName(id_, code, name, owes=owes, now_id=id_) for id_, (code, name, owes) in UNITS.items()]
    known = Known("s-1", VALUES, is_closed=closed)
    return Ground(Directory.of(units, (), ()), {"u-street"}, [known], datum)


def read(cells: dict[SiteField, str], **how: Any) -> Reading:
    return read_rows([(2, cells)], ground(**how))[0]


def codes(reading: Reading) -> list[str]:
    return [fault.code for fault in reading.faults]


def test_a_whole_row_is_a_new_site() -> None:
    reading = read(NEW)
    assert (reading.state, codes(reading)) == ("new", [])
    assert reading.values["kind"] == "health_station"
    assert (reading.values["unit_id"], reading.values["street_id"]) == ("u-health", "u-street")
    assert reading.values["radius_m"] == 150


def test_a_new_site_without_a_code_gets_the_next_one() -> None:
    unnumbered: dict[SiteField, str] = {name: text for name, text in NEW.items() if name != "code"}
    assert read(unnumbered).values["code"] == "YL-02"


def test_numbers_go_on_after_the_highest_of_their_kind_whatever_else_is_there() -> None:
    unnumbered: dict[SiteField, str] = {name: text for name, text in NEW.items() if name != "code"}
    rooms: dict[SiteField, str] = {**unnumbered, "kind": "科普活动室"}
    given = [{**rooms, "name": "甲", "code": "kp-07"}, {**rooms, "name": "乙", "code": "KP-XX"}]
    new = [{**rooms, "name": "丙"}, {**unnumbered, "name": "丁"}, {**rooms, "name": "戊"}]
    readings = read_rows(list(enumerate([*given, *new], 1)), ground())
    assert [one.values["code"] for one in readings] == ["kp-07", "KP-XX", "KP-08", "YL-02", "KP-09"]


def test_a_row_changes_only_what_it_gives() -> None:
    reading = read({"code": "yl-01", "address": "示范路3号"})
    assert (reading.state, reading.changes) == ("changed", {"address": "示范路3号"})
    assert read({"name": "田心示范医院", "address": "示范路1号"}).state == "same"


def test_a_place_read_from_another_map_is_the_same_place() -> None:
    lat, lon = wgs84_to_gcj02(27.8741, 113.1187)
    cells: dict[SiteField, str] = {"code": "YL-01", "position": f"{lon:.6f},{lat:.6f}"}
    assert read(cells, datum="gcj02").state == "same"
    assert read(cells).state == "changed"


def test_every_fault_of_a_row_is_named() -> None:
    reading = read(
        {"code": "YL 09", "kind": "药店", "unit": "区文明办", "street": "区卫计局", "lat": "113.1", "lon": "27.8"}
    )
    assert reading.state == "error"
    assert set(codes(reading)) == {
        "site-code-shape",
        "site-name-missing",
        "site-kind-unknown",
        "site-street-unknown",
        "site-unit-no-member",
        "site-place-swapped",
    }
    assert codes(read({**NEW, "lat": "东经", "radius": "5000"})) == ["site-place-unreadable", "site-number"]
    assert codes(read({**NEW, "name": VALUES["name"]})) == ["site-namesake"]  # type: ignore[dict-item]
    assert codes(read({"code": "YL-01"}, closed=True)) == ["site-is-closed"]


def test_a_place_far_away_is_asked_about_and_not_refused() -> None:
    reading = read({**NEW, "lat": "39.9", "lon": "116.3"})
    assert (reading.state, codes(reading)) == ("new", ["site-place-far"])


def test_the_second_of_two_rows_of_one_site_is_refused() -> None:
    first, second = read_rows([(2, NEW), (3, {**NEW, "code": "YL-10"})], ground())
    assert (first.state, second.state, codes(second)) == ("new", "error", ["site-twice"])


def test_the_office_words_for_columns_and_kinds_are_known() -> None:
    assert fields_of(["序号", "点位名称", "类别", "经度", "纬度", "备注", "名称"]) == [
        None, "name", "kind", "lon", "lat", None, None
    ]  # fmt: skip
    assert kind_of("社区卫生服务中心") == "health_centre"
