"""Understands the rows of a list of sites: which are new, which change what is there, what is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final, Literal

from schemas.sites import Datum, SiteField
from server.imports.names import Directory, How
from server.imports.words import plain
from server.photos.geo import distance_m, is_position
from server.sites.columns import kind_of
from server.sites.datums import to_wgs84

State = Literal["new", "changed", "same", "error"]
DEFAULT_RADIUS_M: Final = 150
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_FAR_M: Final = 30_000
_TOLD: Final[Mapping[How, str]] = {
    "guess": "site-unit-guessed", "former": "site-unit-former", "heir": "site-unit-heir"
}  # fmt: skip
_ROOMS, _HOUSES = "KP", "YL"
_SAME_PLACE_M: Final = 1.0
_LONGEST: Final[Mapping[SiteField, int]] = {
    "name": 100, "institution": 100, "address": 200, "keeper_post": 60, "keeper_phone": 30
}  # fmt: skip
_COUNTED: Final[tuple[tuple[SiteField, str, int, int], ...]] = (
    ("radius", "radius_m", 10, 2000),
    ("residents", "residents", 0, 10_000_000),
)
_TEXTS: Final[tuple[SiteField, ...]] = ("institution", "address", "keeper_post", "keeper_phone")


@dataclass(frozen=True, slots=True)
class Known:
    """A site that is there, with the values that a list may change, by their columns' names in the table."""

    id: str
    values: Mapping[str, Any]
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell (`error`), or worth a look (`doubt`)."""

    field: SiteField | None
    code: str
    level: Literal["error", "doubt"]
    params: Mapping[str, object]


@dataclass(slots=True)
class Reading:
    """A row as it was understood: the site that it is about, if it is there, and the values that it gives."""

    number: int
    known: Known | None = None
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: SiteField | None, code: str, /, *, doubt: bool = False, **params: object) -> None:
        self.faults.append(Fault(name, code, "doubt" if doubt else "error", params))

    @property
    def changes(self) -> dict[str, Any]:
        """The values that differ from what is there; a shift below a metre is none."""
        if self.known is None:
            return self.values
        was = self.known.values
        changed = {name: value for name, value in self.values.items() if value != was[name]}
        place = (self.values.get("lat", was["lat"]), self.values.get("lon", was["lon"]))
        if distance_m(was["lat"], was["lon"], *place) < _SAME_PLACE_M:
            changed = {name: value for name, value in changed.items() if name not in ("lat", "lon")}
        return changed

    @property
    def state(self) -> State:
        if any(one.level == "error" for one in self.faults):
            return "error"
        if self.known is None:
            return "new"
        return "changed" if self.changes else "same"


@dataclass
class Ground:
    """What rows are understood by: units by their names, the sites that are there, how positions were measured."""

    directory: Directory
    streets: Collection[str]
    sites: Sequence[Known]
    datum: Datum

    def __post_init__(self) -> None:
        self.by_code = {str(site.values["code"]).casefold(): site for site in self.sites}
        self.by_name: dict[str, list[Known]] = {}
        for site in self.sites:
            if not site.is_closed:
                self.by_name.setdefault(plain(site.values["name"]), []).append(site)
        there = [site.values for site in self.sites]
        self.middle = (median(one["lat"] for one in there), median(one["lon"] for one in there)) if there else None


Cells = Mapping[SiteField, str]


def read_rows(rows: Iterable[tuple[int, Cells]], ground: Ground) -> list[Reading]:
    """Understand a list; a row that names what a row above it named already is refused."""
    readings: list[Reading] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        reading = Reading(number)
        texts: Cells = {name: text.strip() for name, text in cells.items() if text.strip()}
        for step in _STEPS:
            step(reading, texts, ground)
        _refuse_twins(reading, seen)
        readings.append(reading)
    taken = {*ground.by_code, *(str(one.values["code"]).casefold() for one in readings if "code" in one.values)}
    numbers = {prefix: _highest(prefix, taken) for prefix in (_ROOMS, _HOUSES)}
    for reading in readings:
        if reading.state == "new" and "code" not in reading.values:
            prefix = _ROOMS if reading.values["kind"] == "science_room" else _HOUSES
            numbers[prefix] += 1
            reading.values["code"] = f"{prefix}-{numbers[prefix]:02d}"
    return readings


def _highest(prefix: str, taken: Iterable[str]) -> int:
    """The highest number among codes: KP-… are those of science rooms, YL-… those of the houses of health."""
    numbers = [code[3:] for code in taken if code[:3].upper() == f"{prefix}-"]
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _refuse_twins(reading: Reading, seen: dict[str, int]) -> None:
    known = reading.known.values if reading.known else {}
    names = {
        "code": str(reading.values.get("code") or known.get("code") or "").casefold(),
        "name": plain(str(reading.values.get("name") or known.get("name") or "")),
    }
    for column, told in names.items():
        first = seen.setdefault(f"{column} {told}", reading.number) if told else reading.number
        if first != reading.number:
            reading.fault("code" if column == "code" else "name", "site-twice", row=first)


def _which(reading: Reading, texts: Cells, ground: Ground) -> None:
    """The site that a row is about: by its code, without one by its name."""
    code, name = texts.get("code", ""), texts.get("name", "")
    if code and not _CODE.fullmatch(code):
        reading.fault("code", "site-code-shape")
        return
    namesakes = ground.by_name.get(plain(name), []) if name else []
    reading.known = ground.by_code.get(code.casefold()) if code else None
    if reading.known is None and not code and len(namesakes) == 1:
        reading.known = namesakes[0]
    others = [site for site in namesakes if site is not reading.known]
    if others and (code or reading.known is None):
        reading.fault("name", "site-namesake", code=others[0].values["code"])
    if reading.known is not None and reading.known.is_closed:
        reading.fault("code", "site-is-closed")
    if code and reading.known is None:
        reading.values["code"] = code


def _words(reading: Reading, texts: Cells, _ground: Ground) -> None:
    if texts.get("name"):
        reading.values["name"] = texts["name"]
    elif reading.known is None:
        reading.fault("name", "site-name-missing")
    for name in _TEXTS:
        if name in texts:
            reading.values[name] = texts[name]
        elif reading.known is None:
            reading.values[name] = ""
    for column, most in _LONGEST.items():
        if len(str(reading.values.get(column, ""))) > most:
            reading.fault(column, "site-text-long", most=most)


def _kind(reading: Reading, texts: Cells, _ground: Ground) -> None:
    text = texts.get("kind", "")
    found = kind_of(text) if text else None
    if found is not None:
        reading.values["kind"] = found
    elif text:
        reading.fault("kind", "site-kind-unknown", text=text[:30])
    elif reading.known is None:
        reading.fault("kind", "site-kind-missing")


def _units(reading: Reading, texts: Cells, ground: Ground) -> None:
    _unit(reading, texts, ground, "street")
    _unit(reading, texts, ground, "unit")


def _unit(reading: Reading, texts: Cells, ground: Ground, name: Literal["street", "unit"]) -> None:
    text = texts.get(name, "")
    if not text:
        if reading.known is None:
            reading.fault(name, f"site-{name}-missing")
        return
    found = ground.directory.unit(text)
    if found is None or (name == "street" and found.id not in ground.streets):
        reading.fault(name, f"site-{name}-unknown", text=text[:40])
        return
    unit = ground.directory.units[found.id]
    if not unit.owes:
        reading.fault(name, "site-unit-no-member", text=unit.name)
        return
    if found.how in _TOLD:
        reading.fault(name, _TOLD[found.how], doubt=True, text=text[:40], name=unit.name)
    reading.values[f"{name}_id"] = unit.id


def _place(reading: Reading, texts: Cells, ground: Ground) -> None:
    lat_text, lon_text = texts.get("lat", ""), texts.get("lon", "")
    if texts.get("position") and not (lat_text or lon_text):
        numbers = [match[0] for match in _NUMBER.finditer(texts["position"])]
        lon_text, lat_text = (numbers[0], numbers[1]) if len(numbers) == 2 else ("?", "?")
    if not lat_text and not lon_text:
        if reading.known is None:
            reading.fault("lat", "site-place-missing")
        return
    if not (_NUMBER.fullmatch(lat_text) and _NUMBER.fullmatch(lon_text)):
        reading.fault("lat", "site-place-unreadable", text=f"{lon_text} {lat_text}"[:40])
        return
    lat, lon = float(lat_text), float(lon_text)
    if not is_position(lat, lon):
        swapped = is_position(lon, lat)
        reading.fault("lat", "site-place-swapped" if swapped else "site-place-nowhere")
        return
    lat, lon = to_wgs84(lat, lon, ground.datum)
    reading.values |= {"lat": lat, "lon": lon}
    if ground.middle and (far := distance_m(lat, lon, *ground.middle)) > _FAR_M:
        reading.fault("lat", "site-place-far", doubt=True, km=round(far / 1000))


def _numbers(reading: Reading, texts: Cells, _ground: Ground) -> None:
    for name, column, low, high in _COUNTED:
        text = texts.get(name, "")
        bare = text.removesuffix("米").removesuffix("人").replace(",", "").replace("，", "")
        if not text:
            continue
        if not bare.isdecimal() or not low <= int(bare) <= high:
            reading.fault(name, "site-number", low=low, high=high)
        else:
            reading.values[column] = int(bare)
    if reading.known is None:
        reading.values.setdefault("radius_m", DEFAULT_RADIUS_M)
        reading.values.setdefault("residents", None)


_STEPS: Final[tuple[Callable[[Reading, Cells, Ground], None], ...]] = (_which, _words, _kind, _units, _place, _numbers)
