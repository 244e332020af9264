"""What a round asks for, and of whom: the notice's requirements cut by format. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from schemas.declaration import MaterialFormat, Part
from server.matrix.holding import Owner
from server.matrix.notice import Indicator

_ONE_SUBMISSION: Final[frozenset[MaterialFormat]] = frozenset({"GFWJ", "TJBG"})
"""规范文件 and 统计表格 come once, from one unit; to 说明报告 and 实景图片 each contributes (R11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One requirement in one format, and the units that owe it with their parts."""

    indicator: str
    indicator_name: str
    material: str
    no: str
    text: str
    format: MaterialFormat
    provincial_opinion: bool
    units: tuple[tuple[str, Part], ...]


def asked_for(rows: Sequence[Indicator], owners: Mapping[str, Sequence[Owner]], office_id: str | None) -> list[Asked]:
    """Everything that is declared, in the notice's order (R23)."""
    found = []
    for row in rows:
        for requirement in row.requirements:
            responsible = [one for one in owners.get(requirement.code, ()) if one.part == "responsible"]
            for name in requirement.formats:
                kind = _format(name)
                if kind is None:
                    continue
                found.append(
                    Asked(
                        indicator=row.code,
                        indicator_name=row.name,
                        material=requirement.code,
                        no=requirement.no,
                        text=requirement.text,
                        format=kind,
                        provincial_opinion=requirement.provincial_opinion,
                        units=tuple(parts_of(kind, responsible, office_id)),
                    )
                )
    return found


def _format(name: str) -> MaterialFormat | None:
    return next((one for one in get_args(MaterialFormat) if one == name), None)


def parts_of(kind: MaterialFormat, owners: Collection[Owner], office_id: str | None) -> list[tuple[str, Part]]:
    """R11: one unit compiles, the first or whom the Office named; where nobody is marked, the Office itself. The
    others contribute to reports and pictures, and owe nothing of what comes once.
    """
    compiler = next((one.unit_id for one in owners if one.compiles), office_id)
    found: list[tuple[str, Part]] = [(compiler, "compiles")] if compiler else []
    if kind in _ONE_SUBMISSION:
        return found
    return found + [(one.unit_id, "contributes") for one in owners if one.unit_id != compiler]
