"""Which units a dated share means on a day (R3, R11, R12), and what is missing or doubled. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from schemas.matrix import GapKind, MatrixGap, Part
from server.matrix.notice import EVERYBODY, STREETS, Indicator
from server.org.units import OF_THE_GROUP


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A unit as far as a share asks for it; a unit that ended may have a successor (R3)."""

    id: str
    code: str
    name: str
    kind: str
    member_from: date
    member_until: date | None = None
    successor_id: str | None = None

    def stands_on(self, on: date) -> bool:
        """Whether it is a member on a day."""
        return self.member_from <= on and (self.member_until is None or self.member_until >= on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A share that holds on the day in question."""

    indicator: str
    requirement: str
    holder: str
    part: Part
    position: int
    compiles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A unit's part. `compiles`: it hands in, or puts together what the others contribute (R11)."""

    unit_id: str
    unit_code: str
    unit_name: str
    part: Part
    position: int
    compiles: bool = False


def stand_for(holder: str, members: Collection[Member], on: date) -> list[Member]:
    """The units that a code means on a day: every street, all of the group, or one unit or its successor."""
    present = [one for one in members if one.stands_on(on) and one.kind in OF_THE_GROUP]
    if holder == STREETS:
        return [one for one in present if one.kind == "street"]
    if holder == EVERYBODY:
        return present
    known = {one.id: one for one in members}
    unit = next((one for one in members if one.code == holder), None)
    passed: set[str] = set()
    while unit is not None and not unit.stands_on(on) and unit.id not in passed:
        passed.add(unit.id)
        unit = known.get(unit.successor_id or "")
    return [unit] if unit is not None and unit.stands_on(on) else []


def owners_by_code(duties: Iterable[Duty], members: Collection[Member], on: date) -> dict[str, list[Owner]]:
    """Who has a part, by the code of an indicator and by the code of a requirement, in the notice's order.

    责任 outweighs 配合 where a unit has both (R12). One of several compiles: whom the Office named, else who stands
    first; where the notice says 各成员单位, the Office itself does, and no unit is marked (R11).
    """
    found: dict[str, dict[str, Owner]] = defaultdict(dict)
    for duty in sorted(duties, key=lambda one: (one.indicator, one.requirement, one.position, one.holder)):
        for unit in stand_for(duty.holder, members, on):
            owner = Owner(
                unit_id=unit.id,
                unit_code=unit.code,
                unit_name=unit.name,
                part=duty.part,
                position=duty.position,
                compiles=duty.compiles,
            )
            for code in {duty.indicator, duty.requirement} - {""}:
                named = code == duty.requirement
                found[code][unit.id] = _stronger(
                    found[code].get(unit.id), owner if named else replace(owner, compiles=False)
                )
    return {code: _with_compiler(code, list(by_unit.values()), duties) for code, by_unit in found.items()}


def _stronger(one: Owner | None, other: Owner) -> Owner:
    if one is None or (one.part == "supporting" and other.part == "responsible"):
        return other
    return replace(one, compiles=one.compiles or (other.compiles and other.part == one.part))


def _with_compiler(code: str, owners: list[Owner], duties: Iterable[Duty]) -> list[Owner]:
    owners.sort(key=lambda one: (one.part != "responsible", one.position, one.unit_code))
    of_all = any(one.requirement == code and one.holder == EVERYBODY for one in duties)
    is_requirement = any(one.requirement == code for one in duties)
    if not is_requirement or of_all or any(one.compiles for one in owners):
        return owners
    if owners and owners[0].part == "responsible":
        owners[0] = replace(owners[0], compiles=True)
    return owners


def gaps_of(
    rows: Iterable[Indicator],
    duties: Collection[Duty],
    owners: Mapping[str, list[Owner]],
    members: Collection[Member],
    on: date,
) -> list[MatrixGap]:
    """What nobody answers for, whom no unit stands for here, and where several answer for one thing."""
    gaps = []
    for row in rows:
        for asked in row.requirements:
            here = [one for one in duties if one.requirement == asked.code]
            lost = [one.holder for one in here if not stand_for(one.holder, members, on)]
            answering = [one for one in owners.get(asked.code, []) if one.part == "responsible"]
            name = f"{row.name} {asked.no}".strip()
            if not answering:
                gaps.append(_gap("nobody", row.code, asked.code, name, lost))
            elif lost:
                gaps.append(_gap("holder_unknown", row.code, asked.code, name, lost))
            if len({one.position for one in answering}) > 1:
                names = [one.unit_name for one in answering]
                gaps.append(_gap("several", row.code, asked.code, name, names))
        both = _twice(row, duties, members, on)
        if both:
            gaps.append(_gap("twice", row.code, "", row.name, both))
    return gaps


def _twice(row: Indicator, duties: Collection[Duty], members: Collection[Member], on: date) -> list[str]:
    parts: dict[str, set[Part]] = defaultdict(set)
    for duty in duties:
        if duty.indicator == row.code:
            for unit in stand_for(duty.holder, members, on):
                parts[unit.name].add(duty.part)
    return sorted(name for name, both in parts.items() if len(both) > 1)


def _gap(kind: GapKind, indicator: str, requirement: str, name: str, holders: list[str]) -> MatrixGap:
    return MatrixGap(
        kind=kind,
        indicator_code=indicator,
        requirement_code=requirement,
        name=name,
        holders=holders,
    )
