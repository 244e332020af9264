"""Finds the unit, the site and the check item that a list names in its own words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from server.imports.words import plain, words

_SEVERAL: Final = re.compile(r"[、,，;；/\n]|和(?=区|.{1,6}街道)")
_CODE: Final = re.compile(r"[A-Z]{2,4}-[A-Z0-9]{2,6}")
_SHORTEST: Final = 3

How = Literal["exact", "alias", "former", "heir", "guess"]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found and how: by its name, by another name for it, by a name that it had, as who took over from the one
    that is named, or as the only one whose name fits in part.
    """

    id: str
    how: How
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit that may be named: `now_id` is its successor where it has one, `owes` whether it can owe today, `former`
    the names that it had before (R3).
    """

    id: str
    code: str
    name: str
    owes: bool
    now_id: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteName:
    """A site that may be named."""

    id: str
    code: str
    name: str
    kind: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class ItemName:
    """A check item that may be named, by its code or its words; `kinds` of sites it is for, empty is all."""

    code: str
    label: str
    severity: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that can be named, ready to be looked up."""

    units: Mapping[str, UnitName]
    sites: Mapping[str, SiteName]
    items: Mapping[str, ItemName]
    _unit_names: Mapping[str, tuple[str, How]] = field(default_factory=dict)
    _site_names: Mapping[str, str] = field(default_factory=dict)
    _item_names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[UnitName], sites: Iterable[SiteName], items: Iterable[ItemName]) -> Directory:
        """A directory of these."""
        known = {unit.id: unit for unit in units}
        places = {site.id: site for site in sites}
        asked = {item.code: item for item in items}
        return cls(
            known,
            places,
            asked,
            _unit_names=_names_of_units(known.values()),
            _site_names={plain(key): site.id for site in places.values() for key in (site.name, site.code)},
            _item_names={plain(key): item.code for item in asked.values() for key in (item.label, item.code)},
        )

    def unit(self, text: str) -> Found | None:
        """The unit that owes: the first of several that are named."""
        named = [part for part in (plain(piece) for piece in _SEVERAL.split(text)) if part]
        found = [one for one in (self._unit(part) for part in named) if one is not None]
        if not found:
            return None
        others = tuple(dict.fromkeys(one.id for one in found[1:] if one.id != found[0].id))
        unsure = len(found) < len(named)
        return Found(found[0].id, "guess" if unsure else found[0].how, others)

    def _unit(self, name: str) -> Found | None:
        known = self._unit_names.get(name)
        if known is None:
            known = self._unit_names.get(f"区{name}") or self._unit_names.get(_without_district(name))
        if known is not None:
            unit = self.units[known[0]]
            return Found(unit.now_id, known[1] if unit.now_id == unit.id else "heir")
        fitting = {self.units[id_].now_id for other, (id_, _) in self._unit_names.items() if _fits(other, name)}
        return Found(fitting.pop(), "guess") if len(fitting) == 1 else None

    def site(self, text: str) -> Found | None:
        """The site of this name or code, or the only one whose name holds it or is held by it."""
        name = plain(text)
        known = self._site_names.get(name) or self._site_names.get(_without_district(name))
        if known is not None:
            return Found(known, "exact")
        fitting = {id_ for other, id_ in self._site_names.items() if _fits(other, name)}
        return Found(fitting.pop(), "guess") if len(fitting) == 1 else None

    def item(self, text: str) -> Found | None:
        """The check item of this code or wording."""
        code = _CODE.search(text.upper())
        if code is not None and code[0] in self.items:
            return Found(code[0], "exact")
        known = self._item_names.get(plain(text))
        return Found(known, "exact") if known is not None else None


def _names_of_units(units: Iterable[UnitName]) -> dict[str, tuple[str, How]]:
    names: dict[str, tuple[str, How]] = {}
    aliases = words()["units"]
    # A name of today says more than one of before, and who is there more than who ended under the same name.
    listed = sorted(units, key=lambda unit: unit.now_id != unit.id)
    for unit in listed:
        names.setdefault(plain(unit.name), (unit.id, "exact"))
    for unit in listed:
        for name in unit.former:
            names.setdefault(plain(name), (unit.id, "former"))
    for unit in listed:
        names.setdefault(plain(unit.code), (unit.id, "exact"))
        for alias in aliases.get(unit.code, []):
            names.setdefault(plain(alias), (unit.id, "alias"))
        for name in (unit.name, *unit.former):
            how: How = "alias" if name == unit.name else "former"
            if name.endswith("街道"):
                for ending in ("街道办", "街道办事处"):
                    names.setdefault(plain(name.removesuffix("街道") + ending), (unit.id, how))
    return names


def _without_district(name: str) -> str:
    """A name without the district's own in front: 石峰区卫计局 → 区卫计局."""
    place = name.find("区")
    return name[place:] if 0 < place <= 4 and len(name) - place >= _SHORTEST else name


def _fits(known: str, name: str) -> bool:
    shorter, longer = sorted((known, name), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer
