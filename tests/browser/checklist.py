"""Filling a checklist with the thumb."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, expect

from tests.browser.phone import Phone

TODAY = (datetime.now(UTC) + timedelta(hours=8)).date().isoformat()

# What a good health station answers; whatever is not here is a yes-or-no question answered 是.
GOOD: Mapping[str, str] = {
    "YL-A01": "3", "YL-A03": "2", "YL-A04": "4", "YL-A06": TODAY, "YL-A09": "12", "YL-A10": "12", "YL-A11": "12",
    "YL-A13": "2", "YL-E05": "4", "YL-G02": TODAY,
    "YL-H02": "已当场指导张贴标识",
}  # fmt: skip


class Checklist:
    """The checklist that is open on a phone."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.page = phone.page

    @property
    def dots(self) -> Locator:
        """The buttons of the sections, once the checklist is there."""
        found = self.page.get_by_role("navigation", name="检查表各节").get_by_role("button")
        expect(found.first).to_be_visible()
        return found

    def card(self, code: str) -> Locator:
        return self.page.locator(f"#item-{code}")

    def current(self) -> str:
        """The code of the question that the page stands at."""
        standing = self.page.locator("article[aria-current=true]")
        expect(standing).to_be_visible()
        return str(standing.get_attribute("id")).removeprefix("item-")

    def section_of(self, code: str) -> Checklist:
        """Turn to the page that has this question."""
        letter = re.sub(r"\d+$", "", code)
        for dot in self.dots.all():
            if self.page.locator(f"[id^=item-{letter}]").count():
                break
            dot.tap()
            expect(dot).to_have_attribute("aria-current", "step")
        return self

    def fill(self, answers: Mapping[str, str] | None = None, *, photos: int = 3) -> Checklist:
        """Answer every question of every section; `answers` differ from the good ones by the item's code.

        The overview photos of the last section are taken with the camera, so many of them.
        """
        given = {**GOOD, **(answers or {})}
        for dot in self.dots.all():
            dot.tap()
            expect(dot).to_have_attribute("aria-current", "step")
            self._fill_section(given, photos)
        return self

    def answer(self, code: str, value: str) -> Checklist:
        """Give one answer: 是, 否, 不适用, another button's word, a number, a date or a text."""
        card = self.card(code)
        if card.get_by_role("button", name="重新检查").count():
            return self  # an earlier answer of the quarter or year stands
        choice = card.get_by_role("button", name=value, exact=True)
        if choice.count():
            self._press(choice)
            return self
        field = card.locator("input.input, textarea.input").first
        field.tap()
        field.fill(value)
        field.blur()
        return self

    def _press(self, choice: Locator) -> None:
        # The page takes the second click of a double tap for a slip: whoever is too quick taps again.
        for _ in range(3):
            if choice.get_attribute("aria-pressed") == "true":
                return
            choice.tap()
            with contextlib.suppress(AssertionError):
                expect(choice).to_have_attribute("aria-pressed", "true", timeout=1000)
        expect(choice).to_have_attribute("aria-pressed", "true")

    def expect_saved(self) -> Checklist:
        expect(self.page.get_by_role("status").filter(has_text="✓ 已保存")).to_be_visible()
        return self

    def photograph(self, code: str, times: int = 1) -> Checklist:
        """Take photos at a question with the page's own camera."""
        self.open_camera(code).shoot(times).finish_camera()
        return self

    def open_camera(self, code: str) -> Phone:
        card = self.card(code)
        button = card.get_by_role("button", name=re.compile("^(拍照：|打开相机)")).first
        button.tap()
        expect(self.phone.camera).to_be_visible()
        return self.phone

    def state(self) -> dict[str, tuple[str, int]]:
        """What stands at every question: the answer in words, and how many photos. Walks through all sections."""
        found: dict[str, tuple[str, int]] = {}
        for dot in self.dots.all():
            dot.tap()
            expect(dot).to_have_attribute("aria-current", "step")
            for code, value, count in self.page.evaluate(_READ):
                found[code] = (value, count)
        return found

    def review(self) -> Checklist:
        """Go on to the page that checks and submits."""
        self.dots.last.tap()
        expect(self.dots.last).to_have_attribute("aria-current", "step")
        self.phone.button("核对并提交").tap()
        expect(self.page.get_by_role("heading", name="核对并提交")).to_be_visible()
        return self

    def submit(self) -> None:
        """Hand it to the outbox."""
        self.phone.button("提交").tap()
        self.phone.expect_handed_in()

    def _fill_section(self, given: Mapping[str, str], photos: int) -> None:
        done: set[str] = set()
        # Answers open and close questions, so what comes next is looked up anew each time.
        while code := next((one for one in self.codes() if one not in done), None):
            done.add(code)
            if self.card(code).get_by_role("button", name="打开相机").count():
                self.photograph(code, photos)
            else:
                self.answer(code, given.get(code, "是"))
        self.expect_saved()

    def codes(self) -> list[str]:
        """The questions of the section that is open, as they stand."""
        codes: list[str] = self.page.evaluate(
            "() => [...document.querySelectorAll('article.item')].map((card) => card.id.slice(5))"
        )
        return codes


_READ = """() => [...document.querySelectorAll('article.item')].map((card) => [
    card.id.slice(5),
    [...card.querySelectorAll('[aria-pressed=true], input.input, textarea.input')]
        .map((one) => (one.value || one.innerText).trim()).filter(Boolean).join(' · '),
    card.querySelectorAll('.shot').length,
])"""
