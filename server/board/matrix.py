"""Who has a share in which indicator, from the notice's catalogue (R9–R12)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemas.board import BoardRow, Part
from server.org.units import OF_THE_GROUP

CATALOGUE = Path(__file__).resolve().parents[2] / "schemas" / "data" / "catalogue.json"
OTHER = "OTHER"
ROW_OF_SUBJECT = {"SUB-YL": "III-61", "SUB-KPYJ": "III-42", "SUB-KPHD": "III-42"}
"""Which indicator an inspection's subject belongs to (R36): the medical system, and science for all."""
_STREETS, _EVERYBODY = "U-GJD", "U-ALL"


@dataclass(frozen=True, slots=True)
class Member:
    """A unit as the catalogue speaks of it."""

    id: str
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Share:
    """A unit has a part in a row."""

    row: str
    unit_id: str
    part: Part


@cache
def _catalogue() -> Mapping[str, Any]:
    catalogue: Mapping[str, Any] = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return catalogue


def _attachment() -> Mapping[str, Any]:
    attachment: Mapping[str, Any] = _catalogue()["attachment1"]
    return attachment


def place_of(unit_code: str) -> int:
    """Where a unit stands in the notice's own list; who is not named there (each street) comes after."""
    codes = [unit["code"] for unit in _catalogue()["organisation"]["units"]]
    return codes.index(unit_code) if unit_code in codes else len(codes)


def name_of_subject(subject: str) -> str:
    """A subject of inspection as the notice calls it, or its code where the Office added it (R36)."""
    names = {one["code"]: str(one["name"]) for one in _catalogue()["supervision"]["subjects"]}
    return names.get(subject, subject)


def rows() -> list[BoardRow]:
    """The eight contents of the indicators, the three key works (R9), and what was assigned beside them."""
    routine = [
        BoardRow(code=row["code"], board="routine", name=row["level3"]["name"]) for row in _attachment()["routine"]
    ]
    key_work = [BoardRow(code=row["code"], board="key_work", name=row["name"]) for row in _attachment()["key_work"]]
    return [*routine, *key_work, BoardRow(code=OTHER, board="other", name="")]


def shares(members: Collection[Member]) -> list[Share]:
    """Every share of these units, 责任 or 配合 (R12). 各街道 is every street, 各成员单位 all of the group (R11)."""
    found: dict[tuple[str, str], Share] = {}
    for row in [*_attachment()["routine"], *_attachment()["key_work"]]:
        for unit_id in _named(row.get("supporting_units", []), members):
            found[row["code"], unit_id] = Share(row["code"], unit_id, "supporting")
        for unit_id in _named(row.get("units", []), members):
            found[row["code"], unit_id] = Share(row["code"], unit_id, "responsible")
    return list(found.values())


def _named(codes: Collection[str], members: Collection[Member]) -> Iterator[str]:
    for member in members:
        if (
            member.code in codes
            or (_STREETS in codes and member.kind == "street")
            or (_EVERYBODY in codes and member.kind in OF_THE_GROUP)
        ):
            yield member.id
