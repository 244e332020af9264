"""The matrix beside the notice, cell by cell: once from the notice's own text, once from its table read by a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.matrix.notice import indicators, named_duties, names_of, seed_notice

NOTICE = seed_notice()
ROWS = indicators(NOTICE)
TEXT = Path(__file__).resolve().parents[4] / "shared" / "domain" / "notice-2017.txt"
ALL, STREETS = "各成员单位", "各街道"
TEN = "区政府办 区发改局 区教育局 区人社局 区城建局 区文体旅局 区卫计局 各文明单位 各街道"

READ_BY_A_PERSON = {
    "M-31-1": "区卫计局",
    "M-31-2": "区民政局",
    "M-42-1": "区科技局 区科协 各街道",
    "M-42-2": "区科技局 区科协 各街道",
    "M-43-1": "区委统战部民宗办",
    "M-53-1": "区统计局",
    "M-54-1": "区统计局",
    "M-55-1": "区统计局",
    "M-61-1": "区卫计局",
    "III-61-V1": "区卫计局",
    "M-61-2": "区人社局",
    "M-61-3": "区卫计局",
    "M-61-4": "区卫计局",
    "M-RY-1": ALL,
    "M-RY-2": ALL,
    "KW-SDXD-1": TEN,
    "KW-FMQD-1": ALL,
    "KW-DCLL-1": "区政府办 区发改局",
    "KW-DCLL-2": "区政府办 区发改局",
}


def named(requirement: str) -> list[str]:
    names = names_of(NOTICE)
    held = [one for one in named_duties(NOTICE) if one.requirement == requirement]
    return [names[one.holder] for one in sorted(held, key=lambda one: one.position)]


def plain(text: str) -> str:
    return re.sub(r"\s|\^[①②③]", "", text)


def table() -> list[tuple[str, str]]:
    """Each line of 附件 1: what is asked for, and who answers, where merged cells are filled."""
    attachment = TEXT.read_text(encoding="utf-8").split("任务分解表")[-1].split("附件 2\n")[0]
    lines: list[tuple[str, str]] = []
    for line in attachment.splitlines():
        cells = line.split("\t")
        if len(cells) < 4 or cells[0] == "板块":
            continue
        asked, units = "".join(cells[:-1]), cells[-1].replace("区委统战部 民宗办", "区委统战部民宗办")
        lines.append((plain(asked), units.strip() or lines[-1][1]))
    return lines


def test_r11_every_cell_is_the_one_that_a_person_read() -> None:
    assert {asked.code: named(asked.code) for row in ROWS for asked in row.requirements} == {
        code: units.split() for code, units in READ_BY_A_PERSON.items()
    }


@pytest.mark.skipif(not TEXT.exists(), reason="the notice's text lies outside the repository")
@pytest.mark.parametrize("code", sorted(READ_BY_A_PERSON))
def test_r11_every_cell_is_the_one_of_the_notice_s_text(code: str) -> None:
    asked = next(one for row in ROWS for one in row.requirements if one.code == code)
    row = next(one for one in ROWS if asked in one.requirements)
    found = [units for words, units in table() if plain(asked.text) in words and _is_of(row.name, asked.text, words)]
    assert [units.split() for units in found] == [named(code)]


def _is_of(name: str, text: str, words: str) -> bool:
    """Three rows ask for the same opinion: their own name tells them apart."""
    return not text.startswith("省级文明办") or plain(name) in words


@pytest.mark.skipif(not TEXT.exists(), reason="the notice's text lies outside the repository")
def test_r9_the_table_of_the_text_has_as_many_lines_as_the_matrix_has_cells() -> None:
    lines = table()
    assert len(lines) == 15
    assert sum(len(row.requirements) for row in ROWS) == len(READ_BY_A_PERSON) == 19
    words = "".join(asked for asked, _ in lines)
    assert all(plain(asked.text) in words for row in ROWS for asked in row.requirements)
    assert all(plain(row.name) in words for row in ROWS if row.code != "III-43")
