"""The declaration at a desk: what the office opens and decides, and what a unit hands in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from server.clock import SHANGHAI
from tests.browser.office import Office
from tests.browser.phone import Phone


def kept(folder: Path, name: str, data: bytes) -> Path:
    """A file on the disk of whoever hands it in."""
    path = folder / name
    path.write_bytes(data)
    return path


class DeclarationDesk:
    """The page of rounds and materials, for the office or for a unit."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def page(self) -> Page:
        return self.office.page

    @property
    def sheet(self) -> Locator:
        return self.office.sheet

    def open(self) -> DeclarationDesk:
        self.office.go("申报")
        expect(self.page.get_by_role("heading", name="申报", exact=True)).to_be_visible()
        return self

    def open_round(self, title: str, *, days: int) -> DeclarationDesk:
        """Open a round that closes in so many days."""
        self.page.get_by_role("button", name="开启新一轮申报").click()
        card = self.page.get_by_role("dialog")
        card.get_by_label("名称").fill(title)
        closes = datetime.now(SHANGHAI) + timedelta(days=days)
        card.get_by_label("截止日期").fill(closes.strftime("%Y-%m-%d"))
        card.get_by_role("button", name="开启", exact=True).click()
        return self.expect_round(title)

    def show_round(self, title: str) -> DeclarationDesk:
        self.page.get_by_role("row").filter(has_text=title).click()
        return self.expect_round(title)

    def expect_round(self, title: str) -> DeclarationDesk:
        expect(self.page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        return self

    def ask(self, material: str, format: str) -> Locator:
        """The line of one ask."""
        cell = self.page.get_by_role("cell", name=format, exact=True)
        return self.page.get_by_role("row").filter(has_text=material).filter(has=cell)

    def show(self, material: str, format: str, unit: str) -> DeclarationDesk:
        """Open one unit's material, after the one that is open."""
        close = self.sheet.get_by_role("button", name="关闭", exact=True)
        if close.is_visible():
            close.click()
        self.ask(material, format).get_by_role("button", name=re.compile(f"^{unit}")).click()
        expect(self.sheet.get_by_role("heading", name=f"{material} {format}")).to_be_visible()
        return self

    def expect_standing(self, name: str) -> DeclarationDesk:
        expect(self.sheet.locator("header").first.get_by_text(name, exact=True)).to_be_visible()
        return self

    def do(self, name: str) -> DeclarationDesk:
        self.sheet.get_by_role("button", name=name, exact=True).click()
        return self

    def upload(self, label: str, *paths: Path) -> DeclarationDesk:
        self.sheet.get_by_label(re.compile(f"^{label}")).set_input_files([str(path) for path in paths])
        return self

    def expect_check(self, words: str) -> DeclarationDesk:
        expect(self.sheet.get_by_role("region", name="核对结果")).to_contain_text(words)
        return self

    def hand_in(self, standing: str = "待审核") -> DeclarationDesk:
        button = self.sheet.get_by_role("button", name="报送", exact=True)
        expect(button).to_be_enabled()
        button.click()
        return self.expect_standing(standing)

    def judge(self, *, no: str = "") -> DeclarationDesk:
        """Answer the four questions on a report, all with yes but the one that is named (R27)."""
        for question in ("主题是否突出", "逻辑是否清楚", "文字是否精炼", "内容是否充实"):
            answer = "否" if question == no else "是"
            self.sheet.get_by_role("group", name=question).get_by_text(answer, exact=True).click()
        return self

    def publish(self, material: str, format: str, *, count: int | None = None, template: str = "") -> DeclarationDesk:
        """The outside system has published how many pictures it wants, or its template."""
        self.ask(material, format).get_by_role("button", name=re.compile("^修改要求")).click()
        card = self.page.get_by_role("dialog")
        if count is not None:
            card.get_by_label("图片数量").fill(str(count))
        if template:
            card.get_by_label("本轮模板版本").fill(template)
        card.get_by_role("button", name="保存", exact=True).click()
        expect(card).to_have_count(0)
        return self


class DeclarationPhone:
    """The declaration on the phone of a unit: pictures are taken, described and handed in."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone

    @property
    def page(self) -> Page:
        return self.phone.page

    @property
    def pictures(self) -> Locator:
        return self.page.get_by_role("listitem", name=re.compile(r"^第 \d+ 张图片$"))

    @property
    def hand_in(self) -> Locator:
        return self.page.get_by_role("button", name="报送", exact=True)

    @property
    def trouble(self) -> Locator:
        return self.page.locator(".bottom").get_by_role("alert")

    def open(self, title: str) -> DeclarationPhone:
        self.page.get_by_role("link", name=re.compile(title)).tap()
        expect(self.page.get_by_role("list", name="网上申报")).to_be_visible()
        return self

    def show(self, name: str) -> DeclarationPhone:
        self.page.get_by_role("link", name=re.compile(name)).tap()
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()
        return self

    def open_camera(self) -> DeclarationPhone:
        self.page.get_by_role("button", name="拍照或从相册选图").tap()
        return self

    def describe(self, at: int, *, caption: str, place: str, day: str) -> DeclarationPhone:
        card = self.pictures.nth(at)
        card.get_by_label("图片说明").fill(caption)
        card.get_by_label("地点").fill(place)
        card.get_by_label("拍摄（刊播）日期").fill(day)
        return self

    def drop(self, number: int) -> DeclarationPhone:
        self.page.get_by_role("button", name=f"移除第 {number} 张图片").tap()
        return self
