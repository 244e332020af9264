"""What the demo photos show inside: treatment rooms, washrooms, shelves, exhibits, papers and talks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.demo import scenes
from server.demo.scenes import HEIGHT_PX, WIDTH_PX, Brush, Scene

_INK, _WOOD, _TEAL, _RED = "#2f3437", "#a9773f", "#2f7f86", "#c2352f"
_BRIGHT = ("#d9534f", "#f0ad4e", "#5bc0de", "#5cb85c", "#7e6bc4", "#e07a5f", "#3d84a8", "#f2cc8f")


def _activity_room(b: Brush, *, cluttered: bool) -> None:
    edge = scenes.room(b, "#e9edd9", "#c9b899")
    x = b.spot(80, 260)
    b.box(x, 120, 420, 330, "#cfe8f5", "#7d8a90")
    b.box(x + 200, 120, 14, 330, "#7d8a90")
    b.box(x + 620, 90, 620, 240, "#1f6f8b")
    b.words(x + 930, 180, "崇尚科学", 92, "white")
    b.words(x + 930, 280, "破除迷信", 40, "#d8f0f5")
    for table in range(3):
        left, top = x + table * b.spot(400, 460), edge + table * 60
        b.box(left, top, 360, 34, _WOOD)
        b.box(left + 20, top + 34, 22, 190, "#7a5530")
        b.box(left + 310, top + 34, 22, 190, "#7a5530")
    if cluttered:
        scenes.cartons(b, x + b.spot(560, 700), 1560, HEIGHT_PX - 40)
        for chair in range(4):
            left = x + 40 + chair * 46
            b.box(left, edge - 260 + chair * 30, 210, 26, "#3b6ea5")
            b.box(left, edge - 400 + chair * 30, 24, 160, "#3b6ea5")


def _shelf(b: Brush, *, full: bool) -> None:
    scenes.room(b, "#e6dfd3", "#a99c88")
    x, width = b.spot(160, 380), b.spot(900, 1040)
    b.box(x - 30, 90, width + 60, 920, "#7b5530")
    for row in range(4):
        top = 130 + row * 220
        b.box(x, top, width, 190, "#5f4125")
        left = x + 10
        end = x + width - 50 if full or row == 0 else x + width * b.spot(0.08, 0.35)
        while left < end:
            thick, tall = b.spot(24, 52), b.spot(120, 176)
            b.box(left, top + 190 - tall, thick, tall, b.dice.choice(_BRIGHT) if full else "#b8ae98")
            left += thick + 3
    b.box(x + width / 2 - 170, 30, 340, 66, _TEAL)
    b.words(x + width / 2, 62, "科普资料架", 44, "white")


def _exhibits(b: Brush, *, broken: bool) -> None:
    edge = scenes.room(b, "#dbe7ef", "#8c979e")
    for number in range(4):
        x = 60 + number * 380 + b.spot(-30, 30)
        top = edge - 150 + b.spot(-20, 20)
        b.box(x, top, 320, 330, "#f2f2f2", "#b5b5b5")
        b.dot(x + 160, top - 110, b.spot(70, 108), b.dice.choice(_BRIGHT), "#ffffff")
        b.box(x + 148, top - 40, 24, 44, _INK)
        b.lines(x + 50, top + 190, 220, 4)
        if broken and number != 2:
            b.box(x + 70, top + 40, 180, 100, _RED)
            b.words(x + 160, top + 90, "故障停用", 38, "white")
    b.box(480, 60, 640, 110, "#27496d")
    b.words(800, 115, "科普互动展品", 60, "white")


def _bins(b: Brush, *, mixed: bool) -> None:
    edge = scenes.room(b, "#e3efec", "#b4bcb8")
    tiles = int(b.spot(90, 130))
    for column in range(0, WIDTH_PX, tiles):
        b.pen.line((column, 0, column, edge - 26), fill="#cfdfdb", width=4)
    x = b.spot(260, 480)
    for number, (colour, label) in enumerate((("#f2c230", "医疗废物"), ("#3a4044", "生活垃圾"))):
        left = x + number * 480
        b.shape((left, 520), (left + 360, 520), (left + 310, 1080), (left + 50, 1080), fill=colour)
        b.box(left - 16, 486, 392, 44, colour, "#2a2a2a")
        b.words(left + 180, 760, label, 66, "#222222" if number == 0 else "white")
    if mixed:
        for _ in range(7):
            b.dot(
                x + b.spot(520, 780), b.spot(400, 480), b.spot(30, 60), b.dice.choice(("#f4d35e", "#ffffff", "#e8e8e8"))
            )
        b.shape((x + 560, 490), (x + 700, 300), (x + 830, 490), fill="#f4d35e")
    b.box(x + 60, 150, 300, 190, "white", "#c9a400")
    b.words(x + 210, 245, "警示标识", 52, "#8a6d00")


def _washroom(b: Brush) -> None:
    edge = scenes.room(b, "#dfe9f0", "#93a1a8")
    x = b.spot(150, 330)
    b.box(x, 120, 1050, 400, "#bcd5df", "#8da1aa")
    b.shape((x + 90, 520), (x + 330, 120), (x + 420, 120), (x + 180, 520), fill="#d5e7ee")
    b.box(x - 60, edge - 150, 1170, 80, "#f7f7f5", "#c2c8c8")
    for sink in range(3):
        middle = x + 170 + sink * 350
        b.pen.ellipse((middle - 120, edge - 140, middle + 120, edge - 60), fill="#d9e2e4", outline="#aab7ba", width=5)
        b.box(middle - 12, edge - 250, 24, 110, "#9aa6aa")
        b.box(middle - 12, edge - 260, 90, 22, "#9aa6aa")
    b.pen.line((x + 1110, 420, x + 1110, 540, x + 1200, 540), fill="#8d979b", width=14)
    b.words(x + 1160, 590, "洗手液", 38, _INK)
    for _ in range(4):
        left, top = b.spot(200, 1100), edge + b.spot(60, 210)
        b.pen.ellipse((left, top, left + b.spot(160, 340), top + b.spot(30, 60)), fill="#b9cbd4")


def _toilet(b: Brush) -> None:
    edge = scenes.room(b, "#e4e6ea", "#9ba3a9")
    x = b.spot(420, 620)
    b.pen.rounded_rectangle((x, edge - 330, x + 300, edge - 120), 40, fill="white", outline="#b8bec2", width=5)
    b.pen.ellipse((x - 20, edge - 150, x + 320, edge + 140), fill="white", outline="#b8bec2", width=5)
    b.pen.line((x - 190, edge - 260, x - 60, edge - 190), fill="#8c9498", width=26)
    b.pen.line((x - 190, edge - 260, x - 190, edge - 60), fill="#8c9498", width=26)
    for mop in range(3):
        left = x + 430 + mop * b.spot(90, 130)
        b.pen.line((left, 260, left + 60, edge + 60), fill=_WOOD, width=18)
        b.shape((left + 20, edge + 40), (left + 110, edge + 40), (left + 150, edge + 190), (left - 20, edge + 190),
                fill="#c8c2b4")  # fmt: skip
    b.box(x - 330, edge - 10, 230, 210, "#3b6ea5")
    b.box(120, 120, 220, 220, "#2a5caa")
    b.words(230, 230, "无障碍", 56, "white")


def _reception(b: Brush, *, posted: bool) -> None:
    edge = scenes.room(b, "#eef0ee", "#b7aea0")
    x = b.spot(90, 240)
    for frame in range(4):
        left = x + frame * 340
        b.box(left, 150, 280, 380, "#fcfcfa" if posted or frame in (0, 3) else "#cfd3d2", "#8a8f8f")
        if posted or frame in (0, 3):
            b.words(left + 140, 200, ("执业许可证", "诊疗科目", "收费标准", "诊疗时间")[frame], 42, _TEAL)
            b.lines(left + 30, 260, 220, 9)
    b.box(x - 60, edge - 170, 1400, 260, _TEAL)
    b.box(x - 90, edge - 210, 1460, 50, "#e8e4da")
    b.words(x + 640, edge - 40, "挂号收费", 80, "white")


def _lobby(b: Brush) -> None:
    edge = scenes.room(b, "#e9e4ee", "#b3a9b5")
    x = b.spot(420, 700)
    b.box(80, 110, 320, 240, "#5b4b8a")
    b.words(240, 230, "便民服务", 62, "white")
    b.dot(x, edge + 60, 150, None, _INK)
    b.dot(x + 260, edge + 150, 66, None, _INK)
    b.box(x - 60, edge - 190, 300, 60, "#34495e")
    b.box(x - 90, edge - 430, 50, 300, "#34495e")
    b.pen.line((x + 230, edge - 150, x + 300, edge + 80), fill="#7f8c8d", width=22)
    b.box(x + 560, edge - 420, 190, 420, "#dfe6ea", "#9aa6aa")


def _terminal(b: Brush) -> None:
    edge = scenes.room(b, "#e8e1d6", "#8d7b64")
    b.box(0, edge - 60, WIDTH_PX, 300, "#b48a5a")
    x = b.spot(330, 560)
    b.pen.rounded_rectangle((x, 180, x + 720, 650), 24, fill="#22282c")
    b.box(x + 28, 208, 664, 400, "#3f5b73")
    b.words(x + 360, 360, "网络未连接", 84, "#f2f2f2")
    b.words(x + 360, 460, "请检查网络设置", 40, "#c9d6df")
    b.box(x + 310, 650, 100, 90, "#22282c")
    b.pen.rounded_rectangle((x + 60, edge + 20, x + 600, edge + 140), 20, fill="#d5d8da")
    b.pen.ellipse((x + 680, edge + 30, x + 770, edge + 150), fill="#d5d8da")


def _paper(b: Brush) -> None:
    b.box(0, 0, WIDTH_PX, HEIGHT_PX, "#9a7650")
    x, y = b.spot(240, 420), b.spot(40, 110)
    b.shape((x, y), (x + 830, y + b.spot(-30, 50)), (x + 880, 1130), (x - 40, 1090), fill="#fbfaf4")
    b.words(x + 420, y + 110, "健康讲座签到表", 66, _INK)
    for row in range(9):
        top = y + 210 + row * 82
        b.pen.line((x + 50, top, x + 790, top), fill="#8d8d8d", width=4)
        if row < 6:
            b.pen.line([(x + 90 + step * 26, top + 40 + b.spot(-16, 16)) for step in range(9)], fill="#26408b", width=6)
    b.pen.line((x + 930, 300, x + 1080, 900), fill="#23395d", width=30)


def _talk(b: Brush) -> None:
    scenes.room(b, "#dcd3c4", "#8b7765")
    x = b.spot(320, 560)
    colour = b.dice.choice(_BRIGHT)
    b.box(x, 90, 760, 430, "#f8f8f5", "#60666a")
    b.box(x + 40, 130, 680, 90, colour)
    b.words(x + 380, 175, b.dice.choice(("科学用药", "防灾减灾", "反诈科普", "航天知识")), 58, "white")
    b.lines(x + 70, 290, 420, 6)
    b.dot(x - 130, 400, 62, "#e0b896")
    b.box(x - 215, 470, 170, 330, "#33475b")
    for row, (top, size) in enumerate(((700, 56), (820, 68), (970, 86))):
        for seat in range(7 - row):
            left = 120 + seat * (1500 / (7 - row)) + b.spot(-30, 30)
            b.dot(left, top, size, b.dice.choice(("#3a2c22", "#57483c", "#8d8d8d")))
            b.box(left - size * 1.3, top + size, size * 2.6, 150, b.dice.choice(_BRIGHT))


SCENES_OF_ROOMS: Final[Mapping[str, Scene]] = {
    "room-cluttered": lambda b: _activity_room(b, cluttered=True),
    "room-tidy": lambda b: _activity_room(b, cluttered=False),
    "shelf-old": lambda b: _shelf(b, full=False),
    "shelf-full": lambda b: _shelf(b, full=True),
    "exhibits-broken": lambda b: _exhibits(b, broken=True),
    "exhibits-mended": lambda b: _exhibits(b, broken=False),
    "bins-mixed": lambda b: _bins(b, mixed=True),
    "washroom": _washroom,
    "toilet": _toilet,
    "notices-missing": lambda b: _reception(b, posted=False),
    "notices-posted": lambda b: _reception(b, posted=True),
    "lobby": _lobby,
    "terminal": _terminal,
    "paper": _paper,
    "talk": _talk,
}
