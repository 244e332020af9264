"""A meeting from its notice to its minutes, and what it arranged as a task in the unit's hand (R50, R51)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, Device
from tests.browser.letters import LettersDesk
from tests.browser.meetings import MeetingsDesk
from tests.browser.office import Office
from tests.browser.phone import Phone

TITLE = "2026年第四季度工作调度会"
UNIT = "区卫计局"
HEADING = "完善医疗卫生机构控烟设施"


def test_a_meeting_is_called_held_and_minuted_and_its_arrangement_becomes_a_task(
    desk: Device, phone: Device, new_device: NewDevice
) -> None:
    office = Office(desk).sign_in()
    meetings = MeetingsDesk(office).open().plan(TITLE, minutes_ago=30)
    meetings.do("起草通知")
    letters = meetings.open_document("的通知")
    expect(letters.paper).to_contain_text(f"关于召开{TITLE}的通知")
    letters.step("送核稿", then="待核稿签发").step("签发", then="已签发，待印发").step("印发", then="已印发")
    expect(letters.paper).to_contain_text(re.compile(r"株石创社通〔\d{4}〕1号"))

    Phone(phone).start().sign_in("health")
    phone.open("/inbox")
    phone.page.get_by_role("button", name=re.compile("通知已印发")).tap()
    expect(phone.page.get_by_role("article", name=f"关于召开{TITLE}的通知")).to_be_visible()
    phone.screenshot("meeting-notice-phone", full_page=True)

    meetings.show(TITLE)
    meetings.expect_state("已通知")
    expect(meetings.sheet.get_by_role("row").filter(has_text=UNIT)).not_to_contain_text("未查收")
    meetings.do("已召开").expect_state("已召开")
    meetings.put_down(unit=UNIT, people="陈某、李某", heading=HEADING, content="在显著位置设置禁烟标识", days=21)
    desk.screenshot("meeting-held")
    meetings.do("起草纪要")
    letters = meetings.open_document("纪要")
    expect(letters.paper).to_contain_text(f"责任单位：{UNIT}")
    letters.step("送核稿", then="待核稿签发")

    leader = Office(new_device("leader", DESK)).sign_in("leader")
    theirs = LettersDesk(leader).open().part("文书登记")
    leader.open_row("会议纪要")
    theirs.step("审定", then="组长已审定")

    letters.step("签发", then="已签发，待印发").step("印发", then="已印发")
    expect(letters.paper).to_contain_text(re.compile(r"株石创社纪〔\d{4}〕1号"))
    desk.screenshot("meeting-minutes")
    meetings.show(TITLE)
    meetings.expect_state("已形成纪要")
    expect(meetings.arrangements()).to_contain_text("待整改")
    meetings.arrangements().get_by_role("link", name=re.compile("^任务")).click()
    expect(office.sheet.get_by_text("来自会议")).to_be_visible()
    expect(office.sheet).to_contain_text(HEADING)
    expect(office.sheet.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    desk.screenshot("meeting-task")

    phone.open("/tasks")
    expect(phone.page.get_by_text(HEADING).first).to_be_visible()


def test_a_month_without_its_circular_is_drafted_counted_and_worded(desk: Device) -> None:
    office = Office(desk).sign_in()
    letters = LettersDesk(office).open().part("拟办")
    cards = desk.page.get_by_role("region", name="拟通报")
    cards.get_by_label("联系电话").fill("0731-22880000")
    cards.get_by_role("button", name=re.compile("^拟稿：")).first.click()
    expect(letters.paper).to_contain_text("督查情况的通报")
    expect(letters.paper).to_contain_text("数据来源说明")
    office.sheet.get_by_role("button", name="修改文字").click()
    office.sheet.get_by_label("要求标题 1").fill("立行立改")
    desk.screenshot("circular-words")
    office.sheet.get_by_role("button", name="保存文字").click()
    expect(letters.paper).to_contain_text("立行立改。")
    office.sheet.get_by_role("button", name="重新统计").click()
    expect(letters.paper).to_contain_text("立行立改。")
    letters.step("送核稿", then="待核稿签发").step("签发", then="已签发，待印发")
    expect(letters.paper).to_contain_text(re.compile(r"株石创社〔\d{4}〕1号"))
    expect(office.sheet.get_by_role("button", name="修改文字")).to_have_count(0)
