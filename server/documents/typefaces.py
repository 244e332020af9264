"""The faces of the PDF: what an office has put beside the server, else Fandol, and Noto behind everything.

The named faces (方正小标宋简体, 仿宋_GB2312, 楷体_GB2312, 黑体) are not free. An office that has them lays them into
one of the folders; where neither they nor Fandol are found, the Noto faces of a Python package serve alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import pylopdf_fonts_zh_cn
import typst

WELL_KNOWN = (
    Path("/usr/local/share/fonts/fandol"),
    Path("/usr/share/fonts/opentype/fandol"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
)
_NOTO = Path(pylopdf_fonts_zh_cn.__file__).parent
_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
_WANTED = {
    "head": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "FandolSong"),
    "fang": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "FandolFang R"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "FandolKai"),
    "hei": ("SimHei", "FandolHei", _SANS),
    "song": ("SimSun", "FandolSong"),
    "latin": ("Times New Roman", "Liberation Serif", "Libertinus Serif"),
}


class Faces(msgspec.Struct, frozen=True):
    """Font lists by role, each ending in the fallback; `faux_bold` where nothing bold is there for titles."""

    fonts: typst.Fonts
    lists: dict[str, tuple[str, ...]]
    faux_bold: bool


@cache
def faces(folders: Sequence[Path] = WELL_KNOWN) -> Faces:
    """Read the folders that exist, once for each set of them. System fonts are left out: same server, same PDF."""
    present = [str(folder) for folder in folders if folder.is_dir()]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[*present, str(_NOTO)])
    families = set(fonts.families())
    found = {role: tuple(name for name in names if name in families) for role, names in _WANTED.items()}
    lists = {
        role: names if role == "latin" else tuple(dict.fromkeys((*names, _SERIF, _SANS)))
        for role, names in found.items()
    }
    return Faces(fonts, lists, faux_bold=not found["head"])
