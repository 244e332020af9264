"""A year's notice as data (R9–R12): its shape, its rows, its counts, and the shares that it names. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from schemas.matrix import MatrixCounts, Part
from server.matrix.shape import KeyWork, Notice, RoutineRow, Text

SEED: Final = Path(__file__).resolve().parents[2] / "schemas" / "data" / "catalogue.json"
STREETS, EVERYBODY = "U-GJD", "U-ALL"
"""各街道 and 各成员单位: the notice names them instead of single units (R3, R11)."""
FIELD_VISIT: Final = "实地考察"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that is asked for. `units` are codes in the order of the cell; the first compiles (R11)."""

    code: str
    no: str
    text: str
    method: str
    formats: tuple[str, ...]
    provincial_opinion: bool
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A row of the table: `aspect` and `group` are its first and second level, `items` the parts of a key work."""

    code: str
    board: Literal["routine", "key_work"]
    aspect: str
    group: str
    name: str
    standards: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    basis: str
    footnote: str
    requirements: tuple[Requirement, ...]
    supporting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDuty:
    """A share that the notice names; `requirement` is empty for one in the whole indicator."""

    indicator: str
    requirement: str
    holder: str
    part: Part
    position: int


def read_notice(content: Mapping[str, Any]) -> Notice:
    """What a catalogue says. Raises msgspec.ValidationError, which names the place, where the shape is another one."""
    return msgspec.convert(content, Notice)


@cache
def seed_content() -> dict[str, Any]:
    """The catalogue of the notice that the system came with. Not to be changed by its readers."""
    content: dict[str, Any] = msgspec.json.decode(SEED.read_bytes())
    return content


@cache
def seed_notice() -> Notice:
    """The notice of 2017."""
    return read_notice(seed_content())


def indicators(notice: Notice) -> list[Indicator]:
    """The rows of the table in its order: contents of the 常规工作, then the 重点工作."""
    return [*map(_routine, notice.attachment1.routine), *map(_key_work, notice.attachment1.key_work)]


def _routine(row: RoutineRow) -> Indicator:
    return Indicator(
        code=row.code,
        board="routine",
        aspect=row.level1.name,
        group=row.level2.name,
        name=row.level3.name,
        standards=tuple(one.text for one in row.standards),
        items=(),
        basis="",
        footnote=row.footnote,
        requirements=tuple(_asked_for(row)),
        supporting=tuple(row.supporting_units),
    )


def _asked_for(row: RoutineRow) -> Iterator[Requirement]:
    visits = 0
    for method in row.methods:
        for material in method.materials:
            yield Requirement(
                code=material.code,
                no=material.no or "",
                text=material.text,
                method=method.method,
                formats=tuple(material.formats),
                provincial_opinion=material.provincial_opinion,
                units=tuple(material.units),
            )
        if not method.materials:
            visits += 1
            yield _plain(f"{row.code}-V{visits}", "", method.text, method.method, method.units)


def _plain(code: str, no: str, text: str, method: str, units: list[str]) -> Requirement:
    return Requirement(
        code=code, no=no, text=text, method=method, formats=(), provincial_opinion=False, units=tuple(units)
    )


def _key_work(work: KeyWork) -> Indicator:
    asked = work.requirements or [Text(text=work.requirement)]
    method = "、".join(work.methods)
    return Indicator(
        code=work.code,
        board="key_work",
        aspect="",
        group="",
        name=work.name,
        standards=(work.standard,),
        items=tuple((item.code or "", item.name) for item in work.items),
        basis=work.content,
        footnote="",
        requirements=tuple(
            _plain(f"{work.code}-{number}", one.no or "", one.text, method, work.units)
            for number, one in enumerate(asked, 1)
        ),
        supporting=(),
    )


def named_duties(notice: Notice) -> list[NamedDuty]:
    """Every share that the notice names: 责任 by requirement, 配合 in the whole indicator (R12)."""
    found = []
    for row in indicators(notice):
        for asked in row.requirements:
            found += [
                NamedDuty(indicator=row.code, requirement=asked.code, holder=one, part="responsible", position=place)
                for place, one in enumerate(asked.units)
            ]
        found += [
            NamedDuty(indicator=row.code, requirement="", holder=one, part="supporting", position=place)
            for place, one in enumerate(row.supporting)
        ]
    return found


def counts_of(notice: Notice) -> MatrixCounts:
    """What stands in the table, counted (R9): boards, aspects, indicators, contents and key works."""
    rows = notice.attachment1.routine
    return MatrixCounts(
        boards=bool(rows) + bool(notice.attachment1.key_work),
        aspects=len({row.level1.name for row in rows}),
        indicators=len({row.level2.name for row in rows}),
        contents=len(rows),
        key_works=len(notice.attachment1.key_work),
    )


def counts_said(notice: Notice) -> MatrixCounts:
    """What the notice's own words say that there is (R9)."""
    said = notice.scope_counts
    return MatrixCounts(
        boards=len(said.boards),
        aspects=len(said.aspects),
        indicators=len(said.indicators),
        contents=len(said.main_contents),
        key_works=len(said.key_works),
    )


def names_of(notice: Notice) -> dict[str, str]:
    """The units and groups of the notice by code."""
    return {one.code: one.name for one in [*notice.organisation.units, *notice.organisation.groups]}


def place_of(notice: Notice, unit_code: str) -> int:
    """Where a unit stands in the notice's own list; who is not named there (each street) comes after."""
    codes = [unit.code for unit in notice.organisation.units]
    return codes.index(unit_code) if unit_code in codes else len(codes)


def name_of_subject(notice: Notice, subject: str) -> str:
    """A subject of inspection as the notice calls it; what the office added is 其他督查事项 (R36)."""
    named = {one.code: one.name for one in notice.supervision.subjects} | {"SUB-OTHER": "其他督查事项"}
    return named.get(subject, subject)
