"""Meetings: what the office plans, puts down and minutes at its desk."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from server.clock import SHANGHAI
from tests.browser.letters import LettersDesk
from tests.browser.office import Office


class MeetingsDesk:
    """The office's page of meetings."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def page(self) -> Page:
        return self.office.page

    @property
    def sheet(self) -> Locator:
        return self.office.sheet

    def open(self) -> MeetingsDesk:
        self.office.go("会议")
        expect(self.page.get_by_role("heading", name="会议", exact=True)).to_be_visible()
        return self

    def plan(self, title: str, *, minutes_ago: int) -> MeetingsDesk:
        """Plan a meeting of all units that began so many minutes ago."""
        self.page.get_by_role("button", name="筹备会议", exact=True).click()
        form = self.sheet
        form.get_by_label("会议名称").fill(title)
        begun = datetime.now(SHANGHAI) - timedelta(minutes=minutes_ago)
        form.get_by_label("时间", exact=True).fill(begun.strftime("%Y-%m-%dT%H:%M"))
        form.get_by_label("地点").fill("区政府三楼第二会议室")
        form.get_by_label("会议议程").fill("听取工作进展情况汇报\n安排部署迎检重点工作")
        form.get_by_label("联系电话").fill("0731-22880000")
        form.get_by_role("button", name="保存", exact=True).click()
        self.expect_state("筹备中")
        return self

    def expect_state(self, name: str) -> None:
        expect(self.sheet.locator("header").first.get_by_text(name, exact=True)).to_be_visible()

    def do(self, name: str) -> MeetingsDesk:
        self.sheet.get_by_role("button", name=name, exact=True).click()
        return self

    def documents(self) -> Locator:
        return self.sheet.get_by_role("list", name="会议文书").get_by_role("link")

    def open_document(self, words: str) -> LettersDesk:
        """The notice or the minutes among the letters."""
        self.documents().filter(has_text=words).click()
        letters = LettersDesk(self.office)
        expect(letters.paper).to_be_visible()
        return letters

    def show(self, title: str) -> MeetingsDesk:
        """Open a meeting from the list."""
        self.open()
        self.office.open_row(title)
        return self

    def put_down(self, *, unit: str, people: str, heading: str, content: str, days: int) -> MeetingsDesk:
        """Everybody was there; one thing was arranged with a unit."""
        self.do("登记会议情况")
        form = self.sheet
        form.get_by_label(f"参会人员：{unit}").fill(people)
        form.get_by_role("button", name="其余均出席").click()
        form.get_by_role("button", name="引用整改数据").click()
        expect(form.get_by_label(f"工作进展：{unit}")).to_have_value(re.compile("销号"))
        form.get_by_role("button", name="增加事项").click()
        form.get_by_label("1. 责任单位").select_option(label=unit)
        form.get_by_label("事项", exact=True).fill(heading)
        form.get_by_label("内容和要求").fill(content)
        due = datetime.now(SHANGHAI) + timedelta(days=days)
        form.get_by_label("完成时限").fill(due.strftime("%Y-%m-%d"))
        form.get_by_role("button", name="保存登记").click()
        expect(self.arrangements()).to_contain_text(heading)
        return self

    def arrangements(self) -> Locator:
        return self.sheet.get_by_role("list", name="议定事项")
