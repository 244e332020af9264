"""The negative list of the notice, read once. It is reference data: nobody changes it here (R68)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from server.negative_list.items import Item, parse_items

_CATALOGUE = Path(__file__).resolve().parents[2] / "schemas" / "data" / "catalogue.json"


@cache
def known_items() -> Mapping[str, Item]:
    """The thirty items by code, in the notice's order."""
    return parse_items(json.loads(_CATALOGUE.read_text(encoding="utf-8"))["attachment2"])
