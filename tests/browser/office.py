"""What the office does at its desk. No call of the API: clicks, keys, looking."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.device import Device
from tests.browser.phone import PASSWORD


class Office:
    """The desktop page, signed in."""

    def __init__(self, device: Device) -> None:
        self.device = device

    @property
    def page(self) -> Page:
        return self.device.page

    def sign_in(self, login: str = "office", password: str = PASSWORD) -> Office:
        self.device.open("/office/")
        self.page.get_by_label("账号").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.rail).to_be_visible()
        return self

    @property
    def rail(self) -> Locator:
        return self.page.get_by_role("navigation", name="主导航")

    def go(self, name: str) -> Office:
        """Open a page from the rail: 总览, 审核, 整改, 检查记录 or 设置."""
        self.rail.get_by_role("link", name=re.compile(f"^{name}")).click()
        return self

    # --- the review queue

    @property
    def findings(self) -> Locator:
        return self.page.get_by_role("region", name="问题列表").get_by_role("listitem")

    @property
    def decision(self) -> Locator:
        return self.page.get_by_role("region", name="审核", exact=True)

    @property
    def evidence(self) -> Locator:
        return self.page.get_by_role("region", name="照片与核验")

    def finding(self, *words: str) -> Locator:
        """The row of the list that has all these words."""
        row = self.findings
        for word in words:
            row = row.filter(has_text=word)
        return row

    def show_arrived(self, *words: str) -> Office:
        """Wait until a finding with these words has arrived while the page was open, and let it in."""
        pill = self.page.get_by_role("button", name=re.compile("条新问题"))
        # Into an empty list the news goes at once; above rows it waits to be asked for.
        expect(pill.or_(self.finding(*words).first).first).to_be_visible()
        if pill.is_visible():
            pill.click()
        expect(self.finding(*words).first).to_be_visible()
        return self

    def stand_on(self, *words: str) -> Office:
        """Open the first finding with these words beside its photo."""
        row = self.finding(*words).first
        row.get_by_role("button").click()
        expect(row.locator("[aria-current=true]")).to_be_visible()
        return self

    def press(self, key: str) -> Office:
        self.page.keyboard.press(key)
        return self

    def expect_sent(self) -> None:
        """Wait until no decision is held back any more: the ten seconds are over and the server has it."""
        expect(self.page.get_by_role("button", name=re.compile("^撤销"))).to_have_count(0)
        expect(self.page.get_by_text("正在提交", exact=True)).to_have_count(0)

    # --- lists with a side sheet

    @property
    def sheet(self) -> Locator:
        return self.page.get_by_role("complementary")

    def row(self, *words: str) -> Locator:
        row = self.page.get_by_role("row")
        for word in words:
            row = row.filter(has_text=word)
        return row

    def look_again(self, name: str) -> Office:
        """Open a page from the rail anew, so that it reads what there is now."""
        return self.go("总览").go(name)

    def open_row(self, *words: str) -> Locator:
        """Open the side sheet of the first row with these words."""
        self.page.locator("tr.openable").filter(has_text=re.compile(".*".join(words))).first.click()
        expect(self.sheet).to_be_visible()
        return self.sheet
