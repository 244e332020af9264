"""From an assignment letter that nobody answers to the loss of award eligibility, and back: at the desks, by clicks."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, Device
from tests.browser.letters import LettersDesk
from tests.browser.office import Office
from tests.browser.passing import days_pass
from tests.fixtures.photos import jpeg
from tests.servers.app import AppServer

UNIT, CALLED, WRITING = "田心街道", "清水塘街道", "区卫计局"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
ASSIGNED = re.compile(r"株石创社函〔\d{4}〕1号")


def messages(office: Office) -> Locator:
    """The inbox of the desk, opened by the bell."""
    office.rail.get_by_role("link", name=re.compile("^消息")).click()
    return office.page.get_by_role("list", name="收件箱")


def issue(letters: LettersDesk) -> None:
    letters.step("送核稿", then="待核稿签发").step("签发", then="已签发，待印发").step("印发", then="已印发")


def supervise(letters: LettersDesk, server: AppServer, unit: str) -> None:
    """The assignment letter of a unit, unanswered, and the supervision letter that follows it, unanswered."""
    letters.draft(unit, phone_number="0731-22880000")
    issue(letters)
    letters.office.press("Escape")
    days_pass(server, 14)
    letters.office.go("总览")
    letters.open().part("拟办")
    expect(letters.proposal(unit)).to_contain_text("未沟通、未回复")
    letters.page.get_by_role("button", name=f"拟稿：{unit}").click()
    letters.office.sheet.get_by_role("button", name="生成草稿").click()
    issue(letters)


def submit_approval(letters: LettersDesk, server: AppServer, unit: str) -> None:
    """The sheet to the group leader about a supervision letter whose limit has passed."""
    letters.office.press("Escape")
    days_pass(server, 14)
    letters.office.go("总览")
    letters.open().part("拟办")
    letters.page.get_by_role("button", name=f"拟稿：{unit}").click()
    letters.office.sheet.get_by_role("button", name="生成草稿").click()
    expect(letters.paper).to_contain_text(unit)
    letters.step("送核稿", then="待核稿签发")
    letters.office.sheet.get_by_role("button", name="呈报组长", exact=True).click()
    expect(letters.office.sheet.locator("header").get_by_text("待批示")).to_be_visible()


def test_a_letter_that_nobody_answers_ends_in_the_loss_of_awards_and_the_leader_gives_them_back(
    desk: Device, new_device: NewDevice, server: AppServer
) -> None:
    office = Office(desk).sign_in()
    letters = LettersDesk(office).open()
    supervise(letters, server, UNIT)
    sheet = office.sheet
    expect(letters.paper).to_contain_text(ASSIGNED)
    # What was printed comes back sealed, was handed over, and the unit is chased.
    _enter(sheet, "登记用印", scan=("用印件.pdf", PDF))
    expect(sheet.get_by_role("link", name="查看 PDF 扫描件")).to_be_visible()
    _enter(sheet, "登记回执", 签收人="街道办公室", 签收日期="today")
    expect(sheet).to_contain_text("签收人：街道办公室")
    sheet.get_by_role("button", name="催办", exact=True).click()
    chase = office.page.get_by_role("complementary", name="催办")
    expect(chase.get_by_label("文字")).to_have_value(re.compile("督|函|回复"))
    expect(chase.get_by_role("img", name="问题照片拼图")).to_be_visible()
    chase.get_by_role("button", name="复制文字并登记").click()
    expect(chase.get_by_role("status")).to_contain_text("登记")
    chase.get_by_role("button", name="关闭").click()
    expect(sheet.get_by_text("催办", exact=True).first).to_be_visible()
    desk.screenshot("escalation-supervision")

    submit_approval(letters, server, UNIT)
    leader_desk = new_device("leader", DESK)
    leader = Office(leader_desk).sign_in("leader")
    messages(leader).get_by_role("button", name=re.compile("呈批件待批示")).click()
    leader.sheet.get_by_role("button", name="批示", exact=True).click()
    leader.sheet.get_by_text("同意", exact=True).click()
    leader.sheet.get_by_label("批示内容").fill("同意，请区文明办备案。")
    leader_desk.screenshot("escalation-decision")
    leader.sheet.get_by_role("button", name="确定批示").click()
    expect(leader.sheet.locator("header").get_by_text("已批示")).to_be_visible()

    # The office hears of it at once, and reports upward.
    expect(office.rail.get_by_role("link", name=re.compile("^消息"))).to_contain_text(re.compile(r"\d"))
    messages(office).get_by_role("button", name=re.compile("组长已批示")).click()
    office.sheet.get_by_role("button", name="拟情况报告").click()
    expect(letters.paper).to_contain_text("区文明办")
    issue(letters)
    civility = Office(new_device("civility", DESK)).sign_in("civility")
    expect(messages(civility)).to_contain_text("收到情况报告")

    leader.press("Escape")
    awards = LettersDesk(leader).open().part("评优资格")
    row = leader.row(UNIT)
    expect(row).to_contain_text("已取消资格")
    row.get_by_role("button", name="撤销取消").click()
    leader.sheet.get_by_label("撤销理由").fill("整改已到位")
    leader.sheet.get_by_role("button", name="撤销取消").click()
    expect(awards.page.get_by_role("row").filter(has_text="整改已到位")).to_be_visible()
    leader_desk.screenshot("escalation-revoked")


def test_r95_a_reply_on_paper_is_entered_with_its_scan_and_counts_as_the_units_own(desk: Device) -> None:
    office = Office(desk).sign_in()
    letters = LettersDesk(office).open()
    letters.draft(WRITING, phone_number="0731-22880000")
    issue(letters)
    reply = {"整改情况": "书面回复已收。", "签发的分管领导": "区卫计局分管领导", "原件日期": "today"}
    _enter(office.sheet, "代录回复", do="登记回复", scan=("回复.jpg", jpeg(seed=7)), **reply)
    expect(office.sheet.locator("header").get_by_text("已回复", exact=True)).to_be_visible()
    expect(office.sheet).to_contain_text(f"社事办专员 · 代录：{WRITING}")
    expect(office.sheet.get_by_role("link", name="查看扫描件")).to_be_visible()
    desk.screenshot("escalation-entered")


def test_r95_a_decision_by_telephone_is_entered_for_the_leader_with_a_note(desk: Device, server: AppServer) -> None:
    office = Office(desk).sign_in()
    letters = LettersDesk(office).open()
    supervise(letters, server, CALLED)
    submit_approval(letters, server, CALLED)
    office.sheet.get_by_role("button", name="代录批示", exact=True).click()
    form = office.sheet.locator("form")
    form.get_by_text("同意", exact=True).click()
    _fill_day(form, "原件日期")
    enter = form.get_by_role("button", name="确定批示")
    expect(enter).to_be_disabled()
    form.get_by_label("来电记录").fill("组长来电：同意取消当年评优评选资格。")
    enter.click()
    expect(office.sheet.locator("header").get_by_text("已批示")).to_be_visible()
    expect(office.sheet).to_contain_text("社事办专员 · 代录：专业组组长")
    office.press("Escape")
    letters.part("评优资格")
    expect(office.row(CALLED)).to_contain_text("已取消资格")


def _enter(
    sheet: Locator, step: str, *, do: str | None = None, scan: tuple[str, bytes] | None = None, **fields: str
) -> None:
    """Fill the form of a step and take it. `today` is today's date."""
    sheet.get_by_role("button", name=step, exact=True).click()
    form = sheet.locator("form")
    for label, text in fields.items():
        if text == "today":
            _fill_day(form, label)
        else:
            form.get_by_label(label).fill(text)
    if scan is not None:
        name, content = scan
        kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
        form.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
        expect(form.get_by_text("已收到")).to_be_visible()
    form.get_by_role("button", name=do or step, exact=True).click()
    expect(form).to_have_count(0)


def _fill_day(form: Locator, label: str) -> None:
    """Type today's date in Shanghai."""
    field = form.get_by_label(label)
    field.fill(form.page.evaluate("new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10)"))
    field.press("Enter")
