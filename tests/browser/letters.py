"""Letters: what the office drafts, signs and issues at its desk, and what a unit reads and answers on its phone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.office import Office
from tests.browser.phone import Phone


class LettersDesk:
    """The office's page of letters."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.page = office.page

    def open(self) -> LettersDesk:
        self.office.go("文书")
        expect(self.page.get_by_role("heading", name="文书", exact=True)).to_be_visible()
        return self

    def part(self, name: str) -> LettersDesk:
        """Turn to 拟办, 文书登记 or 评优资格."""
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        return self

    def proposal(self, unit: str) -> Locator:
        """The card of the letter that is proposed for a unit."""
        button = self.page.get_by_role("button", name=f"拟稿：{unit}")
        return self.page.get_by_role("listitem").filter(has=button)

    def draft(self, unit: str, *, phone_number: str) -> Locator:
        """Fill the small form of a proposal; the draft opens beside its paper."""
        self.page.get_by_role("button", name=f"拟稿：{unit}").click()
        form = self.office.sheet
        form.get_by_label("联系电话").fill(phone_number)
        form.get_by_role("button", name="生成草稿").click()
        return self.paper

    @property
    def paper(self) -> Locator:
        return self.office.sheet.get_by_role("article")

    def step(self, name: str, *, then: str) -> LettersDesk:
        """Take one step of the chain; `then` is the state that the letter must stand in afterwards."""
        self.office.sheet.get_by_role("button", name=name, exact=True).click()
        expect(self.office.sheet.locator("header").get_by_text(then, exact=True)).to_be_visible()
        return self

    def at_hand(self) -> Locator:
        """The step of the signing chain that is to be taken."""
        return self.office.sheet.get_by_role("list", name="办理流程").locator("[aria-current=step]")


class LettersPhone:
    """A unit's letters on its phone."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.page = phone.page

    def open(self) -> LettersPhone:
        self.phone.tab("整改")
        self.page.get_by_role("link", name=re.compile("^函件")).tap()
        expect(self.page.get_by_role("heading", name="函件", exact=True)).to_be_visible()
        return self

    def row(self, title: str) -> Locator:
        return self.page.get_by_role("list", name="函件").get_by_role("link").filter(has_text=title)

    def read(self, title: str) -> LettersPhone:
        self.row(title).tap()
        expect(self.page.get_by_role("heading", name=title).first).to_be_visible()
        return self

    def reply(self, *, text: str, signer: str) -> LettersPhone:
        self.page.get_by_role("link", name="回复", exact=True).tap()
        self.page.get_by_label("整改情况").fill(text)
        self.page.get_by_label("签发的分管领导").fill(signer)
        self.phone.button("提交回复").tap()
        return self
