"""What a phone must fetch before its first screen is small, and holds nothing of the office."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lint.files import ROOT

DIST = ROOT / "pwa" / "dist"
JS_BYTES = 120_000
CSS_BYTES = 15_000
REPLY_JS_BYTES = 60_000
FIRST_SCREENS = ["SignInPage", "MonthPage"]

STATIC_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
IN_THE_PAGE = re.compile(r"""(?:src|href)="/(assets/[\w.-]+\.(?:js|css))\"""")
DEPENDENCIES = re.compile(r"m\.f=\[([^\]]*)\]")


def with_imports(names: set[str]) -> set[str]:
    """The files and what their scripts import at once, not later."""
    seen: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        if name.endswith(".js"):
            code = (DIST / name).read_text(encoding="utf-8")
            waiting |= {f"assets/{found}" for found in STATIC_IMPORT.findall(code)} - seen
    return seen


def screen_files(screen: str, loaded: set[str]) -> Iterator[str]:
    """What the router fetches for a screen: its chunk, and the list of files that Vite wrote beside the import."""
    wanted = re.compile(rf"import\([\"'`]\./({screen}-[\w-]+\.js)[\"'`]\)(?:,__vite__mapDeps\(\[([\d,]*)\]\))?")
    for name in loaded:
        code = (DIST / name).read_text(encoding="utf-8")
        for chunk, numbers in wanted.findall(code):
            yield f"assets/{chunk}"
            listed = DEPENDENCIES.search(code)
            files = re.findall(r"[\"']([^\"']+)[\"']", listed.group(1)) if listed else []
            yield from (files[int(number)].lstrip("/") for number in numbers.split(",") if number)


def zipped_bytes(names: set[str], suffix: str) -> int:
    return sum(len(gzip.compress((DIST / name).read_bytes(), 6)) for name in names if Path(name).suffix == suffix)


@pytest.mark.parametrize("screen", FIRST_SCREENS)
def test_the_first_screen_of_a_phone_is_within_its_budget(screen: str) -> None:
    page = (DIST / "index.html").read_text(encoding="utf-8")
    entry = with_imports(set(IN_THE_PAGE.findall(page)))
    screen_only = set(screen_files(screen, {name for name in entry if name.endswith(".js")}))
    assert screen_only, f"no import of {screen} found in the entry"
    first = with_imports(entry | screen_only)

    script, style = zipped_bytes(first, ".js"), zipped_bytes(first, ".css")
    assert script <= JS_BYTES, f"{script} bytes of script: {sorted(first)}"
    assert style <= CSS_BYTES, f"{style} bytes of style: {sorted(first)}"


def test_the_page_of_a_letters_code_is_smaller_still_and_brings_nothing_of_the_others() -> None:
    """It is opened in a chat program's browser over a mobile network, once."""
    page = (DIST / "reply.html").read_text(encoding="utf-8")
    first = with_imports(set(IN_THE_PAGE.findall(page)))
    assert zipped_bytes(first, ".js") <= REPLY_JS_BYTES, sorted(first)
    assert zipped_bytes(first, ".css") <= CSS_BYTES
    assert not [name for name in first if name.startswith(("assets/office", "assets/phone", "assets/vant"))]
    worker = (DIST / "sw.js").read_text(encoding="utf-8")
    assert "api|office|reply|" in worker, "a phone that has the app opens the page of a code, not its own"


def test_nothing_of_the_office_is_kept_for_offline() -> None:
    worker = (DIST / "sw.js").read_text(encoding="utf-8")
    office = (DIST / "office.html").read_text(encoding="utf-8")
    phone = (DIST / "index.html").read_text(encoding="utf-8")
    only_office = set(IN_THE_PAGE.findall(office)) - with_imports(set(IN_THE_PAGE.findall(phone)))
    assert only_office
    assert not [name for name in only_office if name in worker and name.rsplit("/", 1)[-1].startswith("office")]
