"""The columns of our own in a form: what a checklist says and XLSForm has no word for. Pure.

Other programs leave them alone; whoever edits a form in a spreadsheet keeps them, and they are read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec

from schemas.checklists import Item, NoAccess, SiteKind, When

PREFIX: Final = "xungai_"


class Extra(NamedTuple):
    """One column: its heading, the item's field as it is named in JSON, whether the cell holds JSON."""

    heading: str
    name: str
    is_json: bool = False


EXTRAS: Final = (
    Extra("xungai_type", "type"),
    Extra("xungai_pass", "pass", is_json=True),
    Extra("xungai_weight", "weight", is_json=True),
    Extra("xungai_severity", "severity"),
    Extra("xungai_working_days", "workingDays", is_json=True),
    Extra("xungai_closing", "closing"),
    Extra("xungai_unit_type", "unitType"),
    Extra("xungai_frequency", "frequency"),
    Extra("xungai_applies_to", "appliesTo", is_json=True),
    Extra("xungai_photo_on_fail", "photoOnFail", is_json=True),
    Extra("xungai_photo_count", "photoCount", is_json=True),
    Extra("xungai_photos_from_elsewhere", "photosFromElsewhere", is_json=True),
    Extra("xungai_unit", "unit", is_json=True),
    Extra("xungai_integer", "integer", is_json=True),
    Extra("xungai_max", "max", is_json=True),
    Extra("xungai_options", "options", is_json=True),
    Extra("xungai_basis", "basis"),
    Extra("xungai_sources", "sources", is_json=True),
)
WHEN: Final = "xungai_when"
SETTING_HEADINGS: Final = frozenset(
    {"xungai_title_en", "xungai_subject", "xungai_site_kinds", "xungai_no_access", "xungai_published_on"}
)


def written(item: Item) -> dict[str, str]:
    """An item's cells of our own columns."""
    told: dict[str, Any] = msgspec.to_builtins(item)
    cells = {extra.heading: _cell(told[extra.name], is_json=extra.is_json) for extra in EXTRAS}
    cells[WHEN] = _cell(told["when"], is_json=True) if item.when else ""
    if item.type == "one":
        cells["xungai_options"] = ""  # they stand in the list of choices
    return cells


def _cell(value: object, *, is_json: bool) -> str:
    return msgspec.json.encode(value).decode() if is_json else str(value)


def applied(item: Item, cells: Mapping[str, str]) -> tuple[Item, list[tuple[str, str]]]:
    """The item with what its own columns say, and the columns whose cells could not be read."""
    told: dict[str, Any] = msgspec.to_builtins(item)
    bad = []
    for extra in EXTRAS:
        text = cells.get(extra.heading, "").strip()
        if not text:
            continue
        try:
            changed = told | {extra.name: msgspec.json.decode(text) if extra.is_json else text}
            msgspec.convert(changed, Item)
        except msgspec.MsgspecError:
            bad.append((extra.heading, text))
        else:
            told = changed
    return msgspec.convert(told, Item), bad


def when_of(text: str) -> When | None:
    """The condition of our own column; None where there is none that can be read."""
    try:
        return msgspec.json.decode(text, type=When) if text.strip() else None
    except msgspec.MsgspecError:
        return None


def site_kinds_of(text: str) -> list[SiteKind] | None:
    """The kinds of site that a form's settings name."""
    try:
        return msgspec.json.decode(text, type=list[SiteKind])
    except msgspec.MsgspecError:
        return None


def no_access_of(text: str) -> NoAccess | None:
    """The finding of a closed door that a form's settings name."""
    try:
        return msgspec.json.decode(text, type=NoAccess)
    except msgspec.MsgspecError:
        return None
