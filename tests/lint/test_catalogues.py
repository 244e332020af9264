"""Every text exists in Chinese and in English, with the same places to fill."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.lint.files import committed, shown

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"\{(\w+)\}")
PAIRS = [
    (path, path.with_name(path.name.replace("zh-CN", "en")))
    for path in committed("server/*zh-CN.json", "pwa/src/*zh-CN.json", "schemas/*zh-CN.json")
]


def flat(value: object, prefix: str = "") -> dict[str, str]:
    """Dotted key to text."""
    if isinstance(value, dict):
        return {key: text for name, inner in value.items() for key, text in flat(inner, f"{prefix}.{name}").items()}
    return {prefix.lstrip("."): str(value)}


def read(path: Path) -> dict[str, str]:
    return flat(json.loads(path.read_text(encoding="utf-8")))


def test_there_are_catalogues() -> None:
    assert PAIRS


@pytest.mark.parametrize(("chinese", "english"), PAIRS, ids=[shown(chinese) for chinese, _ in PAIRS])
def test_both_languages_say_the_same_things(chinese: Path, english: Path) -> None:
    first, second = read(chinese), read(english)
    assert first.keys() == second.keys()
    for key in first:
        assert set(PLACE.findall(first[key])) == set(PLACE.findall(second[key])), key
        assert first[key].strip(), key
        assert second[key].strip(), key


# A language is named in itself: that is how its reader finds it.
@pytest.mark.parametrize("english", [english for _, english in PAIRS], ids=[shown(e) for _, e in PAIRS])
def test_no_chinese_is_left_in_the_english_one(english: Path) -> None:
    left = [key for key, text in read(english).items() if CHINESE.search(text) and text != "中文"]
    assert not left
