"""The hand-written table behind `schemas/pass_vectors.json`: each expected word comes from their legend.

Run `python -m tests.unit.checklists.vector_table` after a change of the table; a test compares the file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.checklists.vector_rows import (
    AGES,
    ANNUAL,
    BY_KIND,
    DUE,
    FAULTS,
    INLINE,
    NOT_FOR_THE_RULE,
    NUMBERS,
    PER_100,
    PHOTOS,
    RATIOS,
    RECORDS,
    SHOWN,
    SYSTEM,
    WORDS,
    YES_NO,
    YES_NO_NA,
)

FILE = Path(__file__).parents[3] / "schemas" / "pass_vectors.json"
DAY = "2026-11-24"
PLAIN_KIND = {"YL": "health_centre", "KY": "science_room", "KH": "science_room"}


def judged() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def add(item: str, value: object, expected: str, **more: Any) -> None:
        kind = more.pop("kind", PLAIN_KIND[item[:2]])
        row = {"item": item, "siteKind": kind, "inspectedOn": DAY, "value": value, "expected": expected}
        rows.append(row | more)

    for item in YES_NO.split() + YES_NO_NA.split():
        add(item, True, "pass")
        add(item, False, "fail")
    for item in YES_NO_NA.split():
        add(item, "na", "na")
    for item, value, expected in WORDS + NUMBERS + RECORDS + NOT_FOR_THE_RULE:
        add(item, value, expected)
    for item, kind, on, value, expected in BY_KIND:
        add(item, value, expected, kind=kind, inspectedOn=on)
    for item, on, below, floor in ANNUAL:
        add(item, floor, "pass", inspectedOn=on)
        add(item, floor + 1, "pass", inspectedOn=on)
        if below is not None:
            add(item, below, "fail", inspectedOn=on)
    for item, on, value, expected in AGES:
        add(item, value, expected, inspectedOn=on)
    for whole, part, expected in RATIOS:
        add("KY-B02", part, expected, others={} if whole is None else {"KY-B01": whole})
    for residents, value, expected in PER_100:
        add("KY-C01", value, expected, facts=residents)
    for item, count, expected in PHOTOS:
        add(item, None, expected, photoCount=count)
    rows += [{"rule": r, "siteKind": "science_room", "inspectedOn": DAY, **more} for r, more in INLINE]
    return rows


def vectors() -> dict[str, list[dict[str, Any]]]:
    """The whole file: verdicts, verdicts of the system, shown items, due items, faults."""
    return {
        "judge": judged(),
        "system": [
            {"item": item, "inspectedOn": DAY, "others": others, "register": register, "expected": expected}
            for item, others, register, expected in SYSTEM
        ],
        "shown": [
            {
                "template": code,
                "siteKind": kind,
                "answers": answers,
                "shown": shown.split(),
                "hidden": hidden.split(),
            }
            for code, kind, answers, shown, hidden in SHOWN
        ],
        "due": [
            {"frequency": frequency, "inspectedOn": on, "last": last, "expected": expected}
            for frequency, on, last, expected in DUE
        ],
        "faults": [
            {"item": item, "value": value, "inspectedOn": DAY, "others": others, "expected": expected}
            for item, value, others, expected in FAULTS
        ],
    }


def as_text() -> str:
    """The file's text: one vector a line."""
    parts = []
    for name, rows in vectors().items():
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
        parts.append(f' "{name}": [\n{lines}\n ]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(as_text(), encoding="utf-8")
