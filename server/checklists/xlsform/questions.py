"""Which item a question of a form becomes, by its type. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from schemas.checklists import Item, ItemType, Option, Record, Words
from server.checklists.xlsform.wording import Choices

RECORDED: Final = frozenset({"start", "end", "today", "deviceid", "username", "geopoint", "start-geopoint"})
"""What the system notes by itself: times, the device, who it was, and where."""
UNASKED: Final[Mapping[str, str]] = {
    "calculate": "form-calculate",
    "hidden": "form-calculate",
    "audio": "form-media",
    "video": "form-media",
    "file": "form-media",
    "background-audio": "form-media",
    "geotrace": "form-shape",
    "geoshape": "form-shape",
    "rank": "form-rank",
    "select_one_from_file": "form-outside-file",
    "select_multiple_from_file": "form-outside-file",
    "select_one_external": "form-outside-file",
    "xml-external": "form-outside-file",
    "csv-external": "form-outside-file",
    "phonenumber": "form-metadata",
    "email": "form-metadata",
    "simserial": "form-metadata",
    "subscriberid": "form-metadata",
    "audit": "form-metadata",
}
_ALIASES: Final[Mapping[str, str]] = {
    "int": "integer",
    "photo": "image",
    "select1": "select_one",
    "select one": "select_one",
    "select_one from": "select_one",
    "select multiple": "select_multiple",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
    "datetime": "dateTime",
    "trigger": "acknowledge",
    "location": "geopoint",
    "gps": "geopoint",
    "phone number": "phonenumber",
}
_LISTED: Final = (
    "select_one_from_file",
    "select_multiple_from_file",
    "select_one_external",
    "select_one",
    "select_multiple",
    "select1",
    "rank",
)


class Kind(NamedTuple):
    """A type of a form: its plain name, the list it chooses from, whether there is a free "other"."""

    name: str
    list_name: str = ""
    or_other: bool = False


class Shape(NamedTuple):
    """What a type becomes; `remark` names what is not as the form has it."""

    type: ItemType
    integer: bool = False
    remark: str = ""


_SHAPES: Final[Mapping[str, Shape]] = {
    "text": Shape("text"),
    "integer": Shape("num", integer=True),
    "decimal": Shape("num"),
    "range": Shape("num", remark="form-range"),
    "date": Shape("date"),
    "image": Shape("photo"),
    "acknowledge": Shape("yn", remark="form-acknowledge"),
    "barcode": Shape("text", remark="form-as-text"),
    "time": Shape("text", remark="form-as-text"),
    "dateTime": Shape("text", remark="form-as-text"),
}


def kind_of(written: str) -> Kind:
    """The type that a cell names: `select_one yes_no`, `begin group`, `photo`."""
    words = written.split()
    low = " ".join(words).lower()
    for group in ("group", "repeat"):
        if low.replace("_", " ") in (f"begin {group}", f"end {group}"):
            return Kind(low.replace(" ", "_"))
    for prefix in _LISTED:
        if low.startswith(f"{prefix} ") or low == prefix:
            rest = words[1:]
            or_other = [word.lower() for word in rest[-1:]] == ["or_other"]
            return Kind(_ALIASES.get(prefix, prefix), rest[0] if rest else "", or_other)
    return Kind(_ALIASES.get(low, low))


def shape_of(kind: Kind, choices: Choices | None) -> Shape | None:
    """What a question becomes; `None` for what no item can ask."""
    if kind.name == "select_one" and choices is not None:
        if choices.words_of_yes() is None:
            return Shape("one")
        return Shape("ynNa" if choices.has_not_applicable() else "yn")
    if kind.name == "select_multiple" and choices is not None:
        return Shape("yn")
    return _SHAPES.get(kind.name)


def new_item(code: str, section: str, label: Words, shape: Shape, *, source: str) -> Item:
    """An item as far as a form knows it: recorded and not judged, owed by nobody."""
    is_photo = shape.type == "photo"
    return Item(
        code=code,
        section=section,
        type=shape.type,
        label=label,
        options=list[Option](),
        applies_to=[],
        when=None,
        frequency="month",
        required=False,
        photo_on_fail=False,
        pass_rule=Record(),
        unit=None,
        hint=None,
        integer=shape.integer,
        max=None,
        photo_count=1 if is_photo else 0,
        photos_from_elsewhere=False,
        weight=0,
        severity="minor",
        working_days=0,
        closing="none",
        unit_type="inspector",
        basis="",
        sources=[source],
    )
