"""A late task becomes a letter at the desk, and the unit reads and answers it on its phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.letters import LettersDesk, LettersPhone
from tests.browser.office import Office
from tests.browser.phone import Phone

UNIT = "田心街道"  # the demo district has a task of theirs whose limit has passed
NUMBER = re.compile(r"株石创社函〔\d{4}〕1号")


def test_a_late_task_is_assigned_by_letter_and_answered_from_the_phone(desk: Device, phone: Device) -> None:
    office = Office(desk).sign_in()
    letters = LettersDesk(office).open()
    expect(letters.proposal(UNIT)).to_contain_text("没有进展")
    paper = letters.draft(UNIT, phone_number="0731-22880000")
    title = "关于整改东门社区科普活动室存在问题的交办函"
    expect(paper).to_contain_text(title)
    expect(paper).to_contain_text("草稿")
    expect(letters.at_hand()).to_contain_text("拟稿")

    letters.step("送核稿", then="待核稿签发").step("签发", then="已签发，待印发")
    expect(paper).to_contain_text(NUMBER)
    expect(letters.at_hand()).to_contain_text("印发")
    street = LettersPhone(Phone(phone).start().sign_in("street"))
    expect(street.page.get_by_role("link", name=re.compile("^函件"))).to_have_count(0)

    letters.step("印发", then="已印发")
    expect(office.sheet.locator("header").get_by_text("未回复")).to_be_visible()
    desk.screenshot("letters-issued")

    phone.page.reload()
    street.open()
    expect(street.row(title)).to_contain_text(re.compile("剩 5 个工作日"))
    street.read(title)
    expect(phone.page.get_by_role("article", name=title)).to_contain_text(f"{UNIT}：")
    expect(phone.page.get_by_role("link", name="打开 PDF 原文")).to_have_attribute("href", re.compile("/pdf$"))
    phone.screenshot("letters-phone", full_page=True)
    street.reply(text="展板已全部更换。", signer="田心街道分管领导")
    expect(phone.page.get_by_text("内容：展板已全部更换。")).to_be_visible()

    expect(office.sheet.locator("header").get_by_text("已回复", exact=True)).to_be_visible()
    expect(office.sheet).to_contain_text("展板已全部更换。")


def test_a_letter_that_is_cancelled_says_why_and_its_task_is_proposed_again(desk: Device) -> None:
    unit = "清水塘街道"
    office = Office(desk).sign_in()
    letters = LettersDesk(office).open()
    letters.draft(unit, phone_number="0731-22880000")
    expect(letters.at_hand()).to_contain_text("拟稿")
    office.sheet.get_by_role("button", name="作废", exact=True).click()
    confirm = office.sheet.get_by_role("button", name="作废", exact=True)
    expect(confirm).to_be_disabled()
    office.sheet.get_by_label("理由").fill("事由有误")
    confirm.click()
    expect(office.sheet.locator("header").get_by_text("已作废")).to_be_visible()
    expect(office.sheet).to_contain_text("事由有误")
    office.press("Escape")
    letters.part("拟办")
    expect(letters.proposal(unit)).to_be_visible()
