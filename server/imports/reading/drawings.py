"""Which row a picture of a sheet lies on: anchored drawings, and pictures that WPS or Excel keeps inside cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from server.imports.reading.archive import Archive, R
from server.imports.reading.table import MOST_COLUMNS, Picture

T = TypeVar("T")

XDR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CELL_IMAGES: Final = "xl/cellimages.xml"
_METADATA: Final = "xl/metadata.xml"
_RICH_VALUES: Final = "xl/richData/rdrichvalue.xml"
_RICH_RELATIONS: Final = "xl/richData/richValueRel.xml"
_EMU_A_POINT: Final = 12_700
_EMU_A_CHARACTER: Final = 7 * 9_525
_FARTHEST: Final = 400


@dataclass(slots=True)
class Grid:
    """How high the rows are (points, by number) and how wide the columns (characters, by place from 0)."""

    row_points: float = 15.0
    column_characters: float = 9.0
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)

    def take(self, attributes: Mapping[str, str], *, is_column: bool) -> None:
        """Note the usual sizes, or the width of a stretch of columns."""
        if not is_column:
            self.row_points = float(attributes.get("defaultRowHeight", self.row_points))
            self.column_characters = float(attributes.get("defaultColWidth", self.column_characters))
            return
        width = float(attributes.get("width", self.column_characters))
        first, last = int(attributes.get("min", "1")), int(attributes.get("max", "0"))
        for place in range(first - 1, min(last, MOST_COLUMNS)):
            self.widths[place] = width

    def height_of(self, place: int) -> float:
        """The height of a row (from 0) in EMU."""
        return self.heights.get(place + 1, self.row_points) * _EMU_A_POINT

    def width_of(self, place: int) -> float:
        """The width of a column (from 0) in EMU."""
        return self.widths.get(place, self.column_characters) * _EMU_A_CHARACTER


def cell_images(archive: Archive) -> dict[str, str]:
    """The parts of the pictures that WPS puts into cells, by the name that `DISPIMG` calls them."""
    root = archive.tree_or_none(_CELL_IMAGES)
    if root is None:
        return {}
    targets = archive.targets(_CELL_IMAGES)
    found = {}
    for picture in root.iter(f"{XDR}pic"):
        name = picture.find(f"{XDR}nvPicPr/{XDR}cNvPr")
        part = _part_of(picture, targets, archive)
        if name is not None and part is not None:
            found[name.get("name", "")] = part
    return found


def _part_of(picture: Any, targets: Mapping[str, str], archive: Archive) -> str | None:
    blip = picture.find(f"{XDR}blipFill/{A}blip")
    part = targets.get(blip.get(f"{R}embed", ""), "") if blip is not None else ""
    return part if part in archive.names else None


def placed_images(archive: Archive) -> list[str | None]:
    """The parts of the pictures that Excel puts into cells, by the number (from 0) that a cell's `vm` names."""
    metadata, values, relations = (archive.tree_or_none(part) for part in (_METADATA, _RICH_VALUES, _RICH_RELATIONS))
    if metadata is None or values is None or relations is None:
        return []
    targets = archive.targets(_RICH_RELATIONS)
    parts = [targets.get(rel.get(f"{R}id", "")) for rel in relations]
    first = [value.findtext("{*}v") or "" for value in values.iterfind("{*}rv")]
    rich = [int(one.get("i", "-1")) for one in metadata.iterfind("{*}futureMetadata/{*}bk/{*}extLst/{*}ext/{*}rvb")]
    found = []
    for record in metadata.iterfind("{*}valueMetadata/{*}bk/{*}rc"):
        value = _at(rich, record.get("v", ""))
        place = None if value is None else _at(first, str(value))
        part = None if place is None else _at(parts, place)
        found.append(part if part in archive.names else None)
    return found


def _at(listed: Sequence[T], place: str) -> T | None:
    return listed[int(place)] if place.isdecimal() and int(place) < len(listed) else None


def anchored(archive: Archive, drawing: str, grid: Grid) -> Iterator[Picture]:
    """The pictures of a drawing, each on the row and column that it covers most of."""
    root = archive.tree_or_none(drawing) if drawing else None
    if root is None:
        return
    targets = archive.targets(drawing)
    for anchor in root:
        place = _place(anchor, grid)
        if place is None:
            continue
        parts = [_part_of(picture, targets, archive) for picture in anchor.iter(f"{XDR}pic")]
        for part in dict.fromkeys(part for part in parts if part):
            yield Picture(place[0] + 1, place[1], part)


def _place(anchor: Any, grid: Grid) -> tuple[int, int] | None:
    start = anchor.find(f"{XDR}from")
    if start is None:  # an absolute anchor lies on no row
        return None
    end, size = anchor.find(f"{XDR}to"), anchor.find(f"{XDR}ext")
    row = _mostly("row", "cy", (start, end, size), grid.height_of)
    column = _mostly("col", "cx", (start, end, size), grid.width_of)
    return row, min(column, MOST_COLUMNS - 1)


def _number(element: Any, name: str) -> int:
    text = element.findtext(f"{XDR}{name}") or "0"
    return int(text) if text.lstrip("-").isdecimal() else 0


def _mostly(name: str, extent: str, anchor: tuple[Any, Any, Any], size_of: Callable[[int], float]) -> int:
    """The row or column that an anchor covers most of."""
    start, end, size = anchor
    first, offset = _number(start, name), max(_number(start, f"{name}Off"), 0)
    if end is not None:
        last, rest = _number(end, name), _number(end, f"{name}Off")
        covered = {place: size_of(place) for place in range(first, min(last, first + _FARTHEST))}
        covered[last] = max(rest, 0)
        covered[first] = covered.get(first, 0) - offset
    else:
        left = float(size.get(extent, "0")) if size is not None else 0.0
        covered, place = {}, first
        while left > 0 and place < first + _FARTHEST:
            room = size_of(place) - (offset if place == first else 0)
            covered[place] = min(left, max(room, 0))
            left, place = left - covered[place], place + 1
    return max(covered, key=lambda place: (covered[place], -place), default=first)
