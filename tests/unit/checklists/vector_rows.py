"""Rows of the vectors, grouped as the legend of the checklists is. Worked out by hand from that legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

YES_NO = """
YL-A02 YL-A05 YL-A08 YL-B01 YL-B02 YL-B03 YL-B04 YL-B06 YL-C01 YL-C02 YL-C04 YL-C05 YL-D01 YL-D02 YL-E01
YL-E02 YL-E03 YL-F01 YL-G01 YL-G03 KY-A02 KY-A04 KY-A06 KY-A08 KY-B03 KY-B04 KY-B05 KY-D03 KY-D04 KY-E01
KY-E02 KY-E03 KY-E04 KY-F01 KY-F02 KY-F03 KY-F05 KH-A05 KH-A06 KH-A07 KH-B06 KH-B07 KH-B08 KH-B10 KH-C01 KH-C02
"""
YES_NO_NA = """
YL-A07 YL-A12 YL-B05 YL-C03 YL-D03 YL-D04 YL-F02 KY-A03 KY-B06 KY-C06 KY-F04 KH-A04 KH-B11 KH-B12 KH-C05
"""
WORDS: list[tuple[str, object, str]] = [
    ("YL-E04", "yes", "pass"),
    ("YL-E04", "no", "fail"),
    ("YL-E04", "applying", "fail"),
]
NUMBERS: list[tuple[str, object, str]] = [
    *[("YL-A01", 0, "fail"), ("YL-A01", 1, "fail"), ("YL-A01", 2, "pass"), ("YL-A01", 7, "pass")],
    *[("YL-A04", 0, "fail"), ("YL-A04", 1.99, "fail"), ("YL-A04", 1.9999999, "fail"), ("YL-A04", 2, "pass")],
    *[("YL-A04", 2.0000001, "pass"), ("YL-A04", 2.88, "pass")],
    *[("KY-A01", 59, "fail"), ("KY-A01", 59.999, "fail"), ("KY-A01", 60, "pass"), ("KY-A01", 60.5, "pass")],
    *[("KY-A05", 9.5, "fail"), ("KY-A05", 9.99, "fail"), ("KY-A05", 10, "pass"), ("KY-A05", 56, "pass")],
    *[("KY-A07", 1, "fail"), ("KY-A07", 2, "pass"), ("KY-A07", 3, "pass")],
    *[("KY-B01", 49, "fail"), ("KY-B01", 50, "pass"), ("KY-B01", 51, "pass")],
    *[("KY-C03", 4, "fail"), ("KY-C03", 5, "pass"), ("KY-C03", 6, "pass")],
    *[("KY-C04", 0, "fail"), ("KY-C04", 1, "pass"), ("KY-C04", 2, "pass")],
    *[("KY-D01", 9.9, "fail"), ("KY-D01", 10, "pass"), ("KY-D01", 10.01, "pass")],
    *[("KH-B04", 0, "fail"), ("KH-B04", 1, "pass"), ("KH-B05", 0, "fail"), ("KH-B05", 1, "pass")],
    *[("KH-B09", 0, "fail"), ("KH-B09", 1, "pass")],
    *[("KH-D01", 1, "fail"), ("KH-D01", 2, "pass"), ("KH-D01", 3, "pass")],
    *[("KH-D02", 0, "pass"), ("KH-D02", 1, "fail"), ("KH-D02", 2, "fail")],
]
RECORDS: list[tuple[str, object, str]] = [
    *[("YL-A13", 0, "record"), ("YL-A13", 4, "record"), ("YL-E05", 0, "record"), ("YL-E05", 12, "record")],
    *[("YL-H02", "", "record"), ("YL-H02", "已指导", "record"), ("KY-G02", None, "record")],
    *[("KH-B00", "on_site", "record"), ("KH-B00", "records", "record"), ("KH-B01", "健康讲座", "record")],
    *[("KH-B02", "talk", "record"), ("KH-B02", "other", "record"), ("KH-C07", "", "record")],
    *[("KH-E01", "", "record"), ("KH-E02", "", "record")],
]
NOT_FOR_THE_RULE: list[tuple[str, object, str]] = [
    *[("YL-A02", None, "unjudged"), ("YL-A02", 1, "unjudged"), ("YL-A02", "yes", "unjudged")],
    *[("YL-A01", None, "unjudged"), ("YL-A01", True, "unjudged"), ("YL-A01", "3", "unjudged")],
    *[("YL-E04", None, "unjudged"), ("YL-E04", True, "unjudged"), ("YL-A06", None, "unjudged")],
    *[("YL-A06", "2026-13-01", "unjudged"), ("YL-A06", "2026-02-30", "unjudged"), ("YL-A06", "", "unjudged")],
    *[
        ("YL-A06", "2026-W47-2", "unjudged"),
        ("YL-A06", "20261124", "unjudged"),
        ("YL-A06", 20261124, "unjudged"),
    ],
    *[("KH-D02", False, "unjudged"), ("KY-C02", None, "unjudged"), ("KY-C01", None, "record")],
]
# The rule of the site's kind; a kind without a rule is not judged.
BY_KIND: list[tuple[str, str, str, object, str]] = [
    ("YL-A03", "health_centre", "2026-11-24", 0, "fail"),
    ("YL-A03", "health_centre", "2026-11-24", 1, "fail"),
    ("YL-A03", "health_centre", "2026-11-24", 2, "pass"),
    ("YL-A03", "health_station", "2026-11-24", 0, "fail"),
    ("YL-A03", "health_station", "2026-11-24", 1, "pass"),
    ("YL-A03", "health_station", "2026-11-24", 2, "pass"),
    ("YL-A03", "hospital", "2026-11-24", 5, "unjudged"),
    ("YL-A11", "health_centre", "2026-11-24", 9, "fail"),
    ("YL-A11", "health_centre", "2026-11-24", 10, "pass"),
    ("YL-A11", "health_station", "2026-11-24", 4, "fail"),
    ("YL-A11", "health_station", "2026-11-24", 5, "pass"),
    ("YL-A11", "health_centre", "2026-12-31", 11, "fail"),
    ("YL-A11", "health_centre", "2026-12-31", 12, "pass"),
    ("YL-A11", "health_station", "2026-12-31", 5, "fail"),
    ("YL-A11", "health_station", "2026-12-31", 6, "pass"),
    ("YL-A11", "hospital", "2026-11-24", 12, "unjudged"),
]
# item, inspected on, greatest count that fails (None where 0 passes), least count that passes
ANNUAL: list[tuple[str, str, int | None, int]] = [
    *[("YL-A09", "2026-01-01", None, 0), ("YL-A09", "2026-01-31", None, 0), ("YL-A09", "2026-02-01", 0, 1)],
    *[("YL-A09", "2026-02-28", 0, 1), ("YL-A09", "2026-03-01", 1, 2), ("YL-A09", "2026-11-30", 9, 10)],
    *[("YL-A09", "2026-12-01", 10, 11), ("YL-A09", "2026-12-30", 10, 11), ("YL-A09", "2026-12-31", 11, 12)],
    *[("YL-A10", "2026-02-28", None, 0), ("YL-A10", "2026-03-01", 0, 1), ("YL-A10", "2026-04-30", 0, 1)],
    *[("YL-A10", "2026-12-30", 4, 5), ("YL-A10", "2026-12-31", 5, 6)],
    *[("KY-C02", "2026-01-31", None, 0), ("KY-C02", "2026-02-01", 7, 8), ("KY-C02", "2026-03-01", 15, 16)],
    *[("KY-C02", "2026-07-01", 49, 50), ("KY-C02", "2026-12-30", 90, 91), ("KY-C02", "2026-12-31", 99, 100)],
    *[("KY-D02", "2026-11-24", 4, 5), ("KY-D02", "2026-12-31", 5, 6)],
    *[("KH-A01", "2026-03-31", None, 0), ("KH-A01", "2026-04-01", 0, 1), ("KH-A01", "2026-06-30", 0, 1)],
    *[("KH-A01", "2026-07-01", 1, 2), ("KH-A01", "2026-12-30", 2, 3), ("KH-A01", "2026-12-31", 3, 4)],
    *[("KH-A02", "2026-11-24", 4, 5), ("KH-A03", "2026-04-30", None, 0), ("KH-A03", "2026-05-01", 0, 1)],
    *[("KH-A03", "2026-08-31", 0, 1), ("KH-A03", "2026-09-01", 1, 2), ("KH-A03", "2026-12-31", 2, 3)],
]
AGES: list[tuple[str, str, object, str]] = [
    # two calendar months; a missing day becomes the month's last
    *[("YL-A06", "2026-09-01", "2026-07-01", "pass"), ("YL-A06", "2026-09-02", "2026-07-01", "fail")],
    *[("YL-A06", "2026-09-01", "2026-06-30", "fail"), ("YL-A06", "2026-09-02", "2026-07-02", "pass")],
    *[("YL-A06", "2026-08-31", "2026-06-30", "pass"), ("YL-A06", "2026-08-31", "2026-06-29", "fail")],
    *[("YL-A06", "2026-04-30", "2026-02-28", "pass"), ("YL-A06", "2026-04-30", "2026-02-27", "fail")],
    *[("YL-A06", "2026-04-29", "2026-02-28", "pass"), ("YL-A06", "2026-04-29", "2026-02-27", "fail")],
    *[("YL-A06", "2026-04-28", "2026-02-28", "pass"), ("YL-A06", "2026-04-28", "2026-02-27", "fail")],
    *[("YL-A06", "2028-04-30", "2028-02-29", "pass"), ("YL-A06", "2028-04-30", "2028-02-28", "fail")],
    *[("YL-A06", "2028-04-28", "2028-02-28", "pass"), ("YL-A06", "2100-04-30", "2100-02-28", "pass")],
    *[("YL-A06", "2026-01-31", "2025-11-30", "pass"), ("YL-A06", "2026-01-31", "2025-11-29", "fail")],
    *[("YL-A06", "2026-02-28", "2025-12-28", "pass"), ("YL-A06", "2026-02-28", "2025-12-27", "fail")],
    *[("YL-A06", "2026-12-31", "2026-10-31", "pass"), ("YL-A06", "2026-12-31", "2026-10-30", "fail")],
    *[("YL-A06", "2026-11-24", "2026-11-24", "pass"), ("YL-A06", "2026-11-24", "2026-11-25", "unjudged")],
    *[("YL-A06", "2026-11-24", "1999-01-01", "fail"), ("YL-A06", "2026-11-24", "unsure", "fail")],
    # days
    *[("YL-G02", "2026-11-24", "2026-11-22", "pass"), ("YL-G02", "2026-11-24", "2026-11-21", "fail")],
    *[("YL-G02", "2026-11-24", "2026-11-24", "pass"), ("YL-G02", "2026-11-24", "2026-11-25", "unjudged")],
    *[("YL-G02", "2026-03-01", "2026-02-27", "pass"), ("YL-G02", "2026-03-01", "2026-02-26", "fail")],
    *[("YL-G02", "2028-03-01", "2028-02-28", "pass"), ("YL-G02", "2028-03-01", "2028-02-27", "fail")],
    *[("YL-G02", "2027-01-01", "2026-12-30", "pass"), ("YL-G02", "2027-01-01", "2026-12-29", "fail")],
    *[("YL-G02", "2026-11-24", "unsure", "fail"), ("YL-G02", "2026-11-24", "na", "na")],
    *[("KY-C05", "2026-11-24", "2026-09-25", "pass"), ("KY-C05", "2026-11-24", "2026-09-24", "fail")],
    *[("KY-C05", "2026-11-24", "unsure", "fail"), ("KY-C05", "2026-11-24", "2026-11-23", "pass")],
    *[("KH-B03", "2026-11-24", "2026-09-25", "pass"), ("KH-B03", "2026-11-24", "2026-09-24", "fail")],
    *[("KH-B03", "2026-11-24", "unsure", "fail")],
]
# all pieces, pieces in working order, verdict at 80 %
RATIOS: list[tuple[object, object, str]] = [
    *[
        (50, 40, "pass"),
        (50, 39, "fail"),
        (50, 50, "pass"),
        (50, 0, "fail"),
        (10, 8, "pass"),
        (10, 7, "fail"),
    ],
    *[(5, 4, "pass"), (5, 3, "fail"), (1, 1, "pass"), (1, 0, "fail"), (3, 2, "fail"), (3, 3, "pass")],
    *[(7, 5, "fail"), (7, 6, "pass"), (9, 7, "fail"), (9, 8, "pass"), (6, 4, "fail"), (6, 5, "pass")],
    *[(11, 8, "fail"), (11, 9, "pass"), (1_000_000, 800_000, "pass"), (1_000_000, 799_999, "fail")],
    *[(0, 0, "na"), (5, 6, "unjudged"), (0, 1, "unjudged"), (None, 3, "unjudged"), (50, None, "unjudged")],
]
_Facts = Mapping[str, object]
_NO_FACT: _Facts = {}
_NULL_FACT: _Facts = {"residents": None}
PER_100: list[tuple[_Facts, object, str]] = [
    *[
        ({"residents": 3200}, 159, "fail"),
        ({"residents": 3200}, 160, "pass"),
        ({"residents": 3200}, 161, "pass"),
    ],
    *[({"residents": 3210}, 160, "fail"), ({"residents": 3210}, 161, "pass")],
    *[({"residents": 100}, 4, "fail"), ({"residents": 100}, 5, "pass"), ({"residents": 99}, 4, "fail")],
    *[({"residents": 20}, 1, "pass"), ({"residents": 21}, 1, "fail"), ({"residents": 1}, 0, "fail")],
    *[
        (_NO_FACT, 500, "record"),
        (_NO_FACT, 0, "record"),
        ({"residents": 0}, 10, "record"),
        (_NULL_FACT, 10, "record"),
    ],
    ({"residents": "3200"}, 10, "record"),
    *[({"residents": -5}, 10, "record"), ({"other": 1}, 10, "record")],
    ({"residents": 3200}, None, "unjudged"),
    ({"residents": 3200}, "160", "unjudged"),
]
PHOTOS: list[tuple[str, int, str]] = [
    *[("YL-H01", 0, "fail"), ("YL-H01", 2, "fail"), ("YL-H01", 3, "pass"), ("YL-H01", 4, "pass")],
    *[("KY-G01", 2, "fail"), ("KY-G01", 3, "pass"), ("KH-C03", 2, "fail"), ("KH-C03", 3, "pass")],
]
_TENTHS = {"op": "ratio", "part": "X-2", "whole": "X-1", "numerator": 3, "denominator": 10}
_THIRDS = {"op": "ratio", "part": "X-2", "whole": "X-1", "numerator": 1, "denominator": 3}
# Rules that no item of these templates has: decimals stay exact.
INLINE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (_TENTHS, {"value": 0.3, "others": {"X-1": 1, "X-2": 0.3}, "expected": "pass"}),
    (_TENTHS, {"value": 0.2999, "others": {"X-1": 1, "X-2": 0.2999}, "expected": "fail"}),
    (_TENTHS, {"value": 0.03, "others": {"X-1": 0.1, "X-2": 0.03}, "expected": "pass"}),
    (_TENTHS, {"value": 0.09, "others": {"X-1": 0.3, "X-2": 0.09}, "expected": "pass"}),
    (_THIRDS, {"value": 1, "others": {"X-1": 3, "X-2": 1}, "expected": "pass"}),
    (_THIRDS, {"value": 0.333333333, "others": {"X-1": 1, "X-2": 0.333333333}, "expected": "fail"}),
    (_THIRDS, {"value": 1e-7, "others": {"X-1": 3e-7, "X-2": 1e-7}, "expected": "pass"}),
    (_THIRDS, {"value": 0.1, "others": {"X-1": 0.3, "X-2": 0.1}, "expected": "pass"}),
    ({"op": "per100", "fact": "residents", "n": 5},
     {"value": 0.15, "facts": {"residents": 3}, "expected": "pass"}),
    ({"op": "per100", "fact": "residents", "n": 5},
     {"value": 0.1499999, "facts": {"residents": 3}, "expected": "fail"}),
    ({"op": "equals", "value": 3}, {"value": 3, "expected": "pass"}),
    ({"op": "equals", "value": 3}, {"value": 3.5, "expected": "fail"}),
]  # fmt: skip
_FILED = {"filing": {"filedOn": "2026-11-20", "lastDayOn": "2026-11-20", "today": "2026-11-24"}}
_FILED_LATE = {"filing": {"filedOn": "2026-11-21", "lastDayOn": "2026-11-20", "today": "2026-11-24"}}
_STILL_TIME = {"filing": {"filedOn": None, "lastDayOn": "2026-11-24", "today": "2026-11-24"}}
_TOO_LATE = {"filing": {"filedOn": None, "lastDayOn": "2026-11-23", "today": "2026-11-24"}}
# What the system decides: item, other answers, what the registers say, verdict. A phone judges none of it.
SYSTEM: list[tuple[str, dict[str, object], dict[str, Any], str]] = [
    ("KH-C04", {}, {}, "unjudged"),
    ("KH-C04", {}, {"unitPhotos": {"handedIn": 0, "inForm": 0}}, "na"),
    ("KH-C04", {}, {"unitPhotos": {"handedIn": 3, "inForm": 3}}, "pass"),
    ("KH-C04", {}, {"unitPhotos": {"handedIn": 3, "inForm": 2}}, "fail"),
    ("KH-C04", {}, {"unitPhotos": {"handedIn": 1, "inForm": 0}}, "fail"),
    ("KH-C06", {"KH-B03": "2026-11-13"}, {}, "unjudged"),
    ("KH-C06", {"KH-B03": "2026-11-13"}, _FILED, "pass"),
    ("KH-C06", {"KH-B03": "2026-11-13"}, _FILED_LATE, "fail"),
    ("KH-C06", {"KH-B03": "2026-11-17"}, _STILL_TIME, "pending"),
    ("KH-C06", {"KH-B03": "2026-11-16"}, _TOO_LATE, "fail"),
    ("KH-C06", {"KH-B03": "unsure"}, {}, "na"),
    ("KH-C06", {"KH-B03": "unsure"}, _TOO_LATE, "na"),
    ("KH-D03", {}, {}, "unjudged"),
    ("KH-D03", {}, {"earlierTasks": {"due": 0, "settled": 0}}, "na"),
    ("KH-D03", {}, {"earlierTasks": {"due": 2, "settled": 2}}, "pass"),
    ("KH-D03", {}, {"earlierTasks": {"due": 2, "settled": 1}}, "fail"),
]
_BOARD = "YL-A04 YL-A05 YL-A06 YL-A07"
_ACTIVITY = "KH-B00 KH-B01 KH-B03 KH-B04 KH-B07 KH-B12 KH-C01 KH-C03 KH-C04 KH-C06 KH-C07"
_ON_SITE = "KH-B08 KH-B10 KH-B11 KH-D01"
SHOWN: list[tuple[str, str, dict[str, object], str, str]] = [
    ("YL", "health_centre", {"YL-A03": 1}, f"YL-A01 YL-A03 YL-A08 YL-E04 {_BOARD}", "YL-A13 YL-D03"),
    ("YL", "health_centre", {"YL-A03": 0}, "YL-A03 YL-A09", f"YL-A08 {_BOARD}"),
    ("YL", "health_station", {}, "YL-A03 YL-A12", f"YL-A08 {_BOARD}"),
    ("YL", "health_station", {"YL-A03": None}, "YL-A03", f"YL-A08 {_BOARD}"),
    ("YL", "health_station", {"YL-A03": True}, "YL-A03", f"YL-A08 {_BOARD}"),
    ("YL", "health_station", {"YL-A13": 4}, "YL-A03", f"YL-A13 YL-A08 {_BOARD}"),
    ("YL", "hospital", {"YL-A13": 0}, "YL-A01 YL-A13 YL-D03", "YL-A03 YL-A08 YL-A09 YL-E04 YL-E05"),
    ("YL", "hospital", {"YL-A13": 1}, "YL-A13 YL-A08", f"YL-A03 {_BOARD}"),
    ("YL", "hospital", {"YL-A03": 5, "YL-A13": 0}, "YL-A13", f"YL-A03 YL-A08 {_BOARD}"),
    ("KY", "science_room", {"KY-B01": 1, "KY-C01": 0}, "KY-B01 KY-B02 KY-C01", "KY-C06"),
    ("KY", "science_room", {"KY-B01": 0, "KY-C01": 1}, "KY-B01 KY-C01 KY-C06", "KY-B02"),
    ("KY", "science_room", {}, "KY-A01 KY-B01 KY-C01 KY-G01 KY-G02", "KY-B02 KY-C06"),
    ("KH", "science_room", {"KH-A05": True}, f"KH-A05 {_ACTIVITY} KH-D02 KH-D03", _ON_SITE),
    ("KH", "science_room", {"KH-A05": True, "KH-B00": "on_site"}, f"{_ACTIVITY} {_ON_SITE}", ""),
    ("KH", "science_room", {"KH-A05": True, "KH-B00": "records"}, _ACTIVITY, _ON_SITE),
    ("KH", "science_room", {"KH-A05": False}, "KH-A05 KH-D02 KH-D03 KH-E02", f"{_ACTIVITY} {_ON_SITE}"),
    ("KH", "science_room", {"KH-A05": False, "KH-B00": "on_site"}, "KH-A05", f"{_ACTIVITY} {_ON_SITE}"),
    ("KH", "science_room", {"KH-B00": "on_site"}, "KH-A05", f"{_ACTIVITY} {_ON_SITE}"),
    ("KH", "science_room", {"KH-A05": "yes"}, "KH-A05", _ACTIVITY),
]
DUE: list[tuple[str, str, str | None, bool]] = [
    ("month", "2026-11-24", "2026-11-24", True),
    ("quarter", "2026-11-24", None, True),
    ("quarter", "2026-11-24", "2026-10-01", False),
    ("quarter", "2026-11-24", "2026-09-30", True),
    ("quarter", "2026-12-31", "2026-10-01", False),
    ("quarter", "2027-01-01", "2026-12-31", True),
    ("quarter", "2026-11-24", "2025-11-24", True),
    ("year", "2026-11-24", None, True),
    ("year", "2026-12-31", "2026-01-01", False),
    ("year", "2026-01-01", "2025-12-31", True),
]
FAULTS: list[tuple[str, object, Mapping[str, object], str | None]] = [
    *[("YL-A02", True, {}, None), ("YL-A02", False, {}, None), ("YL-A02", "na", {}, "not-a-choice")],
    *[("YL-A02", 1, {}, "not-a-choice"), ("YL-A02", "是", {}, "not-a-choice")],
    *[("YL-A12", "na", {}, None), ("YL-A12", "yes", {}, "not-a-choice"), ("YL-A12", 0, {}, "not-a-choice")],
    *[
        ("YL-E04", "applying", {}, None),
        ("YL-E04", "maybe", {}, "not-a-choice"),
        ("YL-E04", True, {}, "not-a-choice"),
    ],
    *[("YL-A01", 0, {}, None), ("YL-A01", -1, {}, "negative-number"), ("YL-A01", 1.5, {}, "not-whole")],
    *[("YL-A01", "3", {}, "not-a-number"), ("YL-A01", True, {}, "not-a-number")],
    *[("YL-A01", 1_000_000_000, {}, None), ("YL-A01", 1_000_000_001, {}, "above-maximum")],
    *[("YL-A04", 1.25, {}, None), ("YL-A04", -0.1, {}, "negative-number"), ("KY-A05", 9.5, {}, None)],
    *[("KY-D01", 9.75, {}, None), ("KY-B01", 9.75, {}, "not-whole")],
    *[("KH-D01", 3, {}, None), ("KH-D01", 4, {}, "above-maximum")],
    *[
        ("KY-B02", 5, {"KY-B01": 5}, None),
        ("KY-B02", 6, {"KY-B01": 5}, "exceeds-other"),
        ("KY-B02", 6, {}, None),
    ],
    *[("YL-A06", "2026-11-24", {}, None), ("YL-A06", "2026-11-25", {}, "date-after-inspection")],
    *[("YL-A06", "unsure", {}, None), ("YL-A06", "na", {}, "bad-date"), ("YL-G02", "na", {}, None)],
    *[
        ("YL-G02", "unsure", {}, None),
        ("YL-A06", "2026-02-29", {}, "bad-date"),
        ("YL-A06", 5, {}, "bad-date"),
    ],
    *[("YL-H02", "", {}, None), ("YL-H02", None, {}, None), ("YL-H02", 5, {}, "not-text")],
    *[("YL-H02", "字" * 2000, {}, None), ("YL-H02", "字" * 2001, {}, "too-long")],
    *[
        ("YL-H01", None, {}, None),
        ("YL-H01", True, {}, "no-value-expected"),
        ("KH-C04", 1, {}, "no-value-expected"),
    ],
]
