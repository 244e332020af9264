"""The office's desk: a finding arrives while the page is open and is judged beside its photo."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.checklist import TODAY, Checklist
from tests.browser.device import Device, Position
from tests.browser.office import Office
from tests.browser.phone import Phone

SITE = "铁东社区卫生服务站"
AT_THE_DOOR = Position(27.8809, 113.0988)


def test_the_office_judges_what_arrives_while_it_looks(phone: Device, desk: Device) -> None:
    office = Office(desk).sign_in().go("审核")
    expect(office.decision).to_be_visible()
    desk.page.evaluate("() => (window.xungaiStayed = true)")

    _submit_four_findings(Phone(phone).start().sign_in("inspector"))
    office.show_arrived(SITE)
    assert desk.page.evaluate("() => window.xungaiStayed") is True
    expect(office.finding(SITE)).to_have_count(4)

    _look_closely(office)
    _walk_with_the_keys(office)
    _confirm_take_back_and_confirm_again(office)
    _correct(office)
    _void_with_a_reason(office)
    office.expect_sent()
    _see_what_became_of_it(office)


def _submit_four_findings(inspector: Phone) -> None:
    inspector.device.walk_to(AT_THE_DOOR)
    inspector.open_visit(SITE)
    checklist = Checklist(inspector.begin())
    codes = ("YL-B01", "YL-B03", "YL-C01", "YL-D02")
    checklist.fill(dict.fromkeys(codes, "否"))
    for code in codes:
        checklist.section_of(code).photograph(code)
    checklist.review()
    checklist.submit()
    inspector.go_home().expect_all_delivered()


def _look_closely(office: Office) -> None:
    office.stand_on(SITE, "禁烟标识")
    evidence = office.evidence
    picture = evidence.get_by_role("img", name=re.compile(f"{SITE}：.*禁烟标识.* 的照片"))
    expect(picture).to_have_css("opacity", "1")
    assert picture.evaluate("(image) => image.naturalWidth") > 0

    percent = evidence.get_by_label("缩放", exact=True)
    expect(percent).to_have_text("100%")
    evidence.get_by_role("button", name="放大").click()
    expect(percent).to_have_text("140%")
    evidence.get_by_role("button", name="向右转").click()
    expect(picture).to_have_attribute("style", re.compile(r"rotate\(90deg\)"))
    evidence.get_by_role("button", name="看全图").click()
    expect(percent).to_have_text("100%")

    expect(evidence.get_by_role("img", name=f"{SITE} 的位置示意图").locator("canvas").first).to_be_visible()
    expect(evidence.locator(".legend")).to_have_text(re.compile("点位.*拍摄位置"))
    expect(evidence.get_by_text(re.compile(r"距点位 \d+ 米，在 300 米范围内（精度 ±12 米）"))).to_be_visible()
    expect(office.decision).to_contain_text("区卫计局")


def _walk_with_the_keys(office: Office) -> None:
    standing = office.findings.locator("[aria-current=true]")
    first = standing.inner_text()
    office.press("j")
    expect(standing).not_to_have_text(first)
    office.press("k")
    expect(standing.locator(".item")).to_contain_text("禁烟标识")


def _confirm_take_back_and_confirm_again(office: Office) -> None:
    office.press("a")
    expect(office.finding(SITE)).to_have_count(3)
    office.press("u")
    expect(office.finding(SITE)).to_have_count(4)
    office.stand_on(SITE, "禁烟标识")
    office.decision.get_by_role("button", name="确认").click()
    expect(office.finding(SITE)).to_have_count(3)


def _correct(office: Office) -> None:
    office.stand_on(SITE, "无障碍")
    office.press("e")
    pane = office.decision
    pane.get_by_label("责任单位").select_option(label="清水塘街道")
    pane.get_by_text("严重", exact=True).click()
    due = pane.get_by_role("combobox", name="整改时限")
    due.fill(later(40))
    due.press("Enter")
    pane.get_by_label("更正理由").fill("坡道在街道管理的公共区域")
    pane.get_by_role("button", name="更正并确认").click()
    expect(office.finding(SITE)).to_have_count(2)


def _void_with_a_reason(office: Office) -> None:
    office.stand_on(SITE, "环境整洁")
    office.press("x")
    expect(office.decision.get_by_role("button", name="作废", exact=True)).to_be_disabled()
    office.decision.get_by_label("作废原因").fill("照片与问题不符")
    office.decision.get_by_role("button", name="作废", exact=True).click()
    expect(office.finding(SITE)).to_have_count(1)


def _see_what_became_of_it(office: Office) -> None:
    office.go("整改")
    corrected = office.row(SITE, "清水塘街道")
    expect(corrected).to_contain_text("严重")
    expect(corrected).to_contain_text(later(40))
    expect(corrected).to_contain_text("待整改")
    expect(office.row(SITE, "禁烟标识", "区卫计局", "待整改")).to_have_count(1)


def later(days: int) -> str:
    """The date so many days from today."""
    return (date.fromisoformat(TODAY) + timedelta(days)).isoformat()
