"""What the demo photos show, drawn: corridors, boards, lanes and doors, as found and as put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from PIL import ImageDraw, ImageFont

WIDTH_PX, HEIGHT_PX = 1600, 1200

_INK, _PALE, _WOOD, _TEAL, _RED, _GREEN = "#2f3437", "#f4f1ea", "#a9773f", "#2f7f86", "#c2352f", "#2c8a57"
_CARTONS = ("#b98a58", "#c79a68", "#a87a4a", "#d0a675")
_BRIGHT = ("#d9534f", "#f0ad4e", "#5bc0de", "#5cb85c", "#7e6bc4", "#e07a5f", "#3d84a8", "#f2cc8f")


@dataclass(slots=True)
class Brush:
    """A pen on a sheet of 1600 × 1200, and the dice that make two pictures of one place differ."""

    pen: ImageDraw.ImageDraw
    dice: Random

    def box(self, x: float, y: float, width: float, height: float, fill: str, outline: str | None = None) -> None:
        self.pen.rectangle((x, y, x + width, y + height), fill=fill, outline=outline, width=4 if outline else 0)

    def shape(self, *points: tuple[float, float], fill: str) -> None:
        self.pen.polygon(points, fill=fill)

    def dot(self, x: float, y: float, radius: float, fill: str | None, outline: str | None = None) -> None:
        edge = round(radius / 5) if outline else 0
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill, outline=outline, width=edge)

    def words(self, x: float, y: float, text: str, size: int, fill: str = _INK) -> None:
        """Text round a middle."""
        self.pen.text((x, y), text, font=_font(size), fill=fill, anchor="mm")

    def lines(self, x: float, y: float, width: float, count: int, fill: str = "#9aa0a3") -> None:
        """Something that is written, too far away to be read."""
        for row in range(count):
            length = width * self.dice.uniform(0.55, 1.0)
            self.pen.line((x, y + row * 24, x + length, y + row * 24), fill=fill, width=7)

    def spot(self, low: float, high: float) -> float:
        return self.dice.uniform(low, high)


Scene = Callable[[Brush], None]
_fonts: dict[int, ImageFont.FreeTypeFont] = {}


def _font(size: int) -> ImageFont.FreeTypeFont:
    if size not in _fonts:
        import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415  (only where something is drawn)

        _fonts[size] = ImageFont.truetype(str(Path(fonts.__file__).with_name("NotoSansSC-Regular.otf")), size)
    return _fonts[size]


def room(b: Brush, wall: str, floor: str) -> float:
    """A wall above a floor; the height of the edge between them."""
    edge = b.spot(760, 900)
    b.box(0, 0, WIDTH_PX, edge, wall)
    b.box(0, edge, WIDTH_PX, HEIGHT_PX - edge, floor)
    b.box(0, edge - 26, WIDTH_PX, 26, "#8f979a")
    return edge


def _no_smoking(b: Brush, x: float, y: float, radius: float) -> None:
    b.box(x - radius * 1.4, y - radius * 1.5, radius * 2.8, radius * 3.6, "white", "#c8c8c8")
    b.box(x - radius * 0.6, y - radius * 0.12, radius * 1.2, radius * 0.24, _INK)
    b.dot(x, y, radius, None, _RED)
    b.pen.line((x - radius * 0.66, y - radius * 0.66, x + radius * 0.66, y + radius * 0.66), fill=_RED, width=14)
    b.words(x, y + radius * 1.5, "禁止吸烟", max(18, round(radius * 0.5)), _RED)


def _carton(b: Brush, x: float, bottom: float, width: float) -> None:
    height = width * b.spot(0.6, 0.85)
    b.box(x, bottom - height, width, height, b.dice.choice(_CARTONS), "#80592f")
    b.box(x + width * 0.42, bottom - height, width * 0.16, height, "#e3cfa4")


def cartons(b: Brush, left: float, right: float, bottom: float) -> None:
    """A heap of boxes between two sides."""
    for row, lift in enumerate((0, 150, 290)):
        x = left + row * b.spot(30, 110)
        while x < right - row * 120:
            width = b.spot(190, 260)
            _carton(b, x, bottom - lift, width)
            x += width + 6


def _corridor(b: Brush, *, signs: bool) -> None:
    middle, far = b.spot(640, 960), b.spot(430, 560)
    left, right, top, low = middle - 190, middle + 190, far - 170, far + 190
    b.box(0, 0, WIDTH_PX, HEIGHT_PX, "#dfe6e4")
    b.shape((0, 0), (WIDTH_PX, 0), (right, top), (left, top), fill="#f6f6f2")
    b.shape((0, HEIGHT_PX), (WIDTH_PX, HEIGHT_PX), (right, low), (left, low), fill="#a9b3ab")
    b.shape((0, 0), (left, top), (left, low), (0, HEIGHT_PX), fill="#cfdcd8")
    b.shape((0, 880), (left, far + 90), (left, low), (0, HEIGHT_PX), fill="#7fb0a6")
    b.shape((WIDTH_PX, 880), (right, far + 90), (right, low), (WIDTH_PX, HEIGHT_PX), fill="#7fb0a6")
    b.box(left, top, 380, 360, "#eef6fb", "#9fb4c0")
    for near, size in ((0.22, 150), (0.62, 84)):
        x = left * near
        b.shape((x, 330 + near * 150), (x + size, 360 + near * 150), (x + size, 960 - near * 260),
                (x, 1010 - near * 260), fill="#b98f5d")  # fmt: skip
    for share in (0.15, 0.5, 0.8):
        b.box(middle - 260 * (1 - share), 60 + top * share * 0.8, 520 * (1 - share), 26 * (1.1 - share), "#fffdf0")
    if signs:
        _no_smoking(b, right + (WIDTH_PX - right) * 0.45, b.spot(420, 500), 78)
        _no_smoking(b, left * 0.86, far - 20, 34)


def _board(b: Brush, *, state: str) -> None:
    room(b, "#d8dde3", "#b8b2a7")
    x, y = b.spot(110, 330), b.spot(130, 230)
    width, height = b.spot(1080, 1180), b.spot(520, 600)
    b.box(x - 26, y - 26, width + 52, height + 52, _WOOD, "#6f4a22")
    b.box(x, y, width, height, _PALE if state == "fresh" else "#e9e4cf")
    b.box(x, y, width, 104, _TEAL if state == "fresh" else "#a7b7b5")
    b.words(x + width / 2, y + 52, "健康教育宣传栏", 64, "white" if state == "fresh" else "#d8dedb")
    for column in range(4):
        left = x + 30 + column * (width - 30) / 4
        paper = b.dice.choice(_BRIGHT) if state == "fresh" else "#d9d3bd"
        b.box(left, y + 136, width / 4 - 60, height - 170, "white" if state == "fresh" else "#efe9d4", "#cfc8b4")
        b.box(left + 20, y + 156, width / 4 - 100, b.spot(100, 200), paper)
        b.lines(left + 24, y + 390, width / 4 - 112, 4, "#8c9396" if state == "fresh" else "#cdc7b2")
    if state == "torn":
        left = x + width * b.spot(0.3, 0.5)
        b.shape((left, y + 190), (left + 210, y + 150), (left + 160, y + 470), (left + 40, y + 420), fill="#8f8a7c")
        b.shape((left + 160, y + 470), (left + 250, y + 560), (left + 60, y + 590), fill="#f7f2de")


def _fire_exit(b: Brush, *, blocked: bool) -> None:
    edge = room(b, "#e7e2d8", "#b9b1a4")
    x, width = b.spot(420, 760), 460
    b.box(x + 90, 40, 280, 110, _GREEN)
    b.words(x + 230, 95, "安全出口", 56, "white")
    b.box(x - 24, 180, width + 48, edge - 180, "#8d8f86")
    for half in (0, width / 2):
        b.box(x + half, 204, width / 2 - 6, edge - 204, "#4f9b83", "#35705d")
        b.box(x + half + 60, 290, width / 2 - 130, 210, "#cfe6e6")
    b.box(x + 60, edge - 280, width - 120, 22, "#d7dadb")
    b.box(x + width + 90, 520, 70, 190, _RED)
    if blocked:
        cartons(b, x - 260, x + width + 60, edge + b.spot(120, 200))
    else:
        b.shape(
            (x + 40, edge + 40), (x + width - 40, edge + 40), (x + width + 40, 1150), (x - 40, 1150), fill="#cfc8ba"
        )


def _fire_lane(b: Brush, *, blocked: bool) -> None:
    ground = b.spot(520, 600)
    b.box(0, 0, WIDTH_PX, ground, "#bcd7ea")
    for floor in range(3):
        b.box(150, 60 + floor * 150, 1300, 150, "#e8dcc9", "#c9bba2")
        for window in range(8):
            b.box(190 + window * 160 + b.spot(-6, 6), 96 + floor * 150, 96, 84, "#7fa3b5")
    b.box(0, ground, WIDTH_PX, HEIGHT_PX - ground, "#7d8083")
    left = b.spot(180, 420)
    b.shape((left + 190, ground), (left + 640, ground), (left + 1010, 1200), (left - 160, 1200), fill="#8b8e90")
    for a, z in (((left + 190, ground), (left - 160, 1200)), ((left + 640, ground), (left + 1010, 1200))):
        b.pen.line((*a, *z), fill="#f2c94c", width=18)
    b.words(left + 420, 1090, "消防车通道 禁止停车", 76, "#f2c94c")
    if blocked:
        for number, colour in enumerate(b.dice.sample(("#e6e6e6", "#364f6b", "#8c2f39"), 2)):
            _car(b, left + 60 + number * b.spot(330, 430), 720 + number * 130, colour)


def _car(b: Brush, x: float, y: float, colour: str) -> None:
    b.pen.rounded_rectangle((x, y, x + 480, y + 170), 50, fill=colour)
    b.pen.rounded_rectangle((x + 80, y - 120, x + 390, y + 60), 60, fill=colour)
    b.box(x + 120, y - 84, 105, 84, "#2d3e47")
    b.box(x + 245, y - 84, 105, 84, "#2d3e47")
    for wheel in (x + 110, x + 370):
        b.dot(wheel, y + 170, 52, "#1f1f1f", "#9a9a9a")


def _activity_door(b: Brush, *, locked: bool) -> None:
    edge = room(b, "#ece5d6", "#a89f90")
    x = b.spot(460, 700)
    b.box(x - 30, 210, 580, edge - 210, "#6f5a43")
    b.box(x + 60, 70, 400, 110, "#1f6f8b")
    b.words(x + 260, 125, "科普活动室", 62, "white")
    if locked:
        for half in (0, 262):
            b.box(x + half, 236, 256, edge - 236, "#9b6b3d", "#704a28")
        b.box(x + 214, 560, 96, 26, "#8f8f8f")
        b.dot(x + 262, 610, 42, "#d4af37", "#8c7323")
        b.box(x + 60, 330, 150, 190, "white", "#bbbbbb")
        b.lines(x + 78, 360, 110, 5)
    else:
        b.box(x, 236, 520, edge - 236, "#fbf3d5")
        b.box(x + 60, edge - 190, 330, 26, _WOOD)
        for book in range(7):
            b.box(x + 60 + book * 46, 420, 36, b.spot(120, 190), b.dice.choice(_BRIGHT))
        b.shape((x, 236), (x - 190, 300), (x - 190, edge + 60), (x, edge), fill="#9b6b3d")
    b.box(x + 640, 330, 220, 300, "white", "#9a9a9a")
    b.words(x + 750, 376, "开放时间", 40, _TEAL)
    b.lines(x + 670, 440, 160, 6)


SCENES_OF_BUILDINGS: Final[Mapping[str, Scene]] = {
    "corridor-bare": lambda b: _corridor(b, signs=False),
    "corridor-signed": lambda b: _corridor(b, signs=True),
    "board-faded": lambda b: _board(b, state="faded"),
    "board-torn": lambda b: _board(b, state="torn"),
    "board-fresh": lambda b: _board(b, state="fresh"),
    "exit-blocked": lambda b: _fire_exit(b, blocked=True),
    "exit-clear": lambda b: _fire_exit(b, blocked=False),
    "lane-blocked": lambda b: _fire_lane(b, blocked=True),
    "lane-clear": lambda b: _fire_lane(b, blocked=False),
    "door-locked": lambda b: _activity_door(b, locked=True),
    "door-open": lambda b: _activity_door(b, locked=False),
}
