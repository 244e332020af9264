"""What files of a package are called: a folder for each indicator and material, names that a person can read. Pure."""

from __future__ import annotations

from schemas.declaration import MaterialFormat, Part
from server.exports.naming import safe_name

FORMAT_NAMES: dict[MaterialFormat, str] = {
    "GFWJ": "规范文件",
    "SMBG": "说明报告",
    "SJTP": "实景图片",
    "TJBG": "统计表格",
}
"""As the notice calls them: the package goes to Chinese authorities whoever downloads it."""


def folder_of(indicator: str, indicator_name: str, material: str, format: MaterialFormat, part: Part) -> str:
    """R35: a folder an indicator, in it one a material; what others contributed to a report lies apart."""
    inner = f"{safe_name(material)} {FORMAT_NAMES[format]}"
    apart = "/各单位素材" if format == "SMBG" and part == "contributes" else ""
    return f"{safe_name(f'{indicator} {indicator_name}')}/{inner}{apart}"


def file_name(unit: str, number: int, words: str, suffix: str) -> str:
    """The unit, a number in its order, what it is."""
    return f"{safe_name(unit)}_{number:02}_{safe_name(words)}.{suffix}"


def free_name(path: str, taken: set[str]) -> str:
    """The same path, or with a number where it is taken already (names that differ only in case are one on Windows)."""
    stem, dot, suffix = path.rpartition(".")
    candidate, number = path, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem}({number}){dot}{suffix}"
    taken.add(candidate.casefold())
    return candidate
