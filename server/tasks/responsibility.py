"""Which unit owes a task, and which units only watch it (R3, R8, R12). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.checklists import UnitType

HEALTH = "U-WJJ"
HUMAN_RESOURCES = "U-RSJ"
SCIENCE_BUREAU = "U-KJJ"
SCIENCE_ASSOCIATION = "U-KX"


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What of a site responsibility depends on; `institution` is the 落实单位."""

    street_id: str
    institution: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One unit owes; watchers see it and are never overdue for it (R12)."""

    unit_id: str
    institution: str
    watcher_ids: tuple[str, ...] = ()


def responsible(unit_type: UnitType, site: SiteFacts, units: Mapping[str, str]) -> Responsibility | None:
    """The responsible unit of an item at a site; `units` maps unit codes to ids.

    医疗机构 → 区卫计局, with the institution kept as 落实单位 (R3); 街道 → the site's street, seen by 区科技局 and
    区科协 (R8); a named unit → itself; 检查人员 → None, which means no task.
    """
    if unit_type == "medical":
        return Responsibility(units[HEALTH], site.institution)
    if unit_type == "street":
        watchers = tuple(units[code] for code in (SCIENCE_BUREAU, SCIENCE_ASSOCIATION) if code in units)
        return Responsibility(site.street_id, site.institution, watchers)
    if unit_type == "human_resources":
        return Responsibility(units[HUMAN_RESOURCES], site.institution, (units[HEALTH],))
    if unit_type == "science_association":
        return Responsibility(units[SCIENCE_ASSOCIATION], site.institution, (site.street_id,))
    return None
