"""What the demo photos of papers show: pages of a notice and a table, drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from server.demo.scenes import HEIGHT_PX, WIDTH_PX, Brush

_INK, _RED, _PAGE, _DESK = "#2f3437", "#c2352f", "#fbfaf4", "#8b6b48"


def _sheet(b: Brush) -> tuple[float, float]:
    """A page on a desk; its left upper corner."""
    b.box(0, 0, WIDTH_PX, HEIGHT_PX, _DESK)
    x, y = b.spot(330, 400), b.spot(30, 60)
    b.box(x, y, 820, 1090, _PAGE, "#d5d0c2")
    return x, y


def _red_head(b: Brush) -> None:
    x, y = _sheet(b)
    b.words(x + 410, y + 130, "示范市卫生部门文件", 76, _RED)
    b.words(x + 410, y + 245, "示卫发〔示范〕8号", 34, _INK)
    b.box(x + 70, y + 290, 680, 6, _RED)
    b.words(x + 410, y + 380, "关于印发老年医疗卫生服务规划的通知", 40, _INK)
    b.lines(x + 90, y + 470, 640, 14)


def _sealed(b: Brush) -> None:
    x, y = _sheet(b)
    b.lines(x + 90, y + 110, 640, 9)
    b.words(x + 560, y + 640, "示范市卫生部门", 38, _INK)
    b.pen.ellipse((x + 440, y + 520, x + 700, y + 780), outline=_RED, width=12)
    b.words(x + 570, y + 700, "★", 90, _RED)
    b.lines(x + 90, y + 940, 640, 2)


def _table(b: Brush) -> None:
    x, y = _sheet(b)
    b.words(x + 410, y + 100, "公共卫生人员统计表", 54, _INK)
    for row in range(9):
        top = y + 200 + row * 92
        b.pen.line((x + 60, top, x + 760, top), fill=_INK, width=4)
        if row == 0:
            b.box(x + 60, top, 700, 92, "#dfe6ea", _INK)
    for column in (60, 300, 530, 760):
        b.pen.line((x + column, y + 200, x + column, y + 936), fill=_INK, width=4)


SCENES_OF_PAPERS: Final[Mapping[str, Callable[[Brush], None]]] = {
    "red-head": _red_head,
    "sealed": _sealed,
    "table": _table,
}
