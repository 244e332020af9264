"""Two hundred findings are cleared from the keyboard, many at once, and two reviewers do not tread on each other."""

from __future__ import annotations

import re
from contextlib import closing

from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, Device
from tests.browser.office import Office
from tests.browser.seeding import hand_in
from tests.servers.app import AppServer

FINDINGS = 200


def test_two_hundred_findings_are_cleared_from_the_keyboard(desk: Device, server: AppServer) -> None:
    hand_in(server, FINDINGS)
    before = drafts(server)
    office = Office(desk).sign_in().go("审核")
    expect(office.findings.nth(5)).to_be_visible()

    _three_together_and_back(office)
    _three_void_with_one_reason(office)
    _one_by_one(office, 3)
    _correct_three(office)
    office.expect_sent()
    # Who confirms a task confirms all its sightings.
    assert drafts(server) <= before - 9

    while office.findings.count():
        left = office.findings.count()
        office.press("Shift+A")
        desk.screenshot("review-batch")
        office.press("a")
        expect(office.findings).not_to_have_count(left)
        # A list that has more to show brings it by itself.
        expect(office.findings.first.or_(office.page.get_by_text("没有待审核的问题"))).to_be_visible()
    office.expect_sent()
    assert drafts(server) == 0
    with closing(server.sign_in("office")) as client:
        voided = client.get("/api/findings", params={"status": "void"}).json()["items"]
    assert [one["voidReason"] for one in voided[:3]] == ["重复记录"] * 3


def _chosen(office: Office, count: int) -> Locator:
    """Choose the row that is stood on and those below it, with the keys."""
    office.press("s")
    for _ in range(count - 1):
        office.press("Shift+J")
    pane = office.page.get_by_role("region", name="一并审核")
    expect(pane.get_by_role("heading", name=f"已选 {count} 条")).to_be_visible()
    return pane


def _three_together_and_back(office: Office) -> None:
    shown = office.findings.count()
    first = office.findings.first.inner_text()
    _chosen(office, 3)
    office.press("a")
    expect(office.findings).to_have_count(shown - 3)
    expect(office.page.get_by_text("3 条一并提交")).to_be_visible()
    office.press("u")
    expect(office.findings).to_have_count(shown)
    expect(office.findings.first).to_have_text(re.compile(re.escape(first.split("\n")[0])))


def _three_void_with_one_reason(office: Office) -> None:
    shown = office.findings.count()
    pane = _chosen(office, 3)
    office.press("x")
    pane.get_by_role("button", name="重复记录").click()
    pane.get_by_role("button", name="作废", exact=True).click()
    expect(office.findings).to_have_count(shown - 3)


def _one_by_one(office: Office, count: int) -> None:
    for _ in range(count):
        shown = office.findings.count()
        office.press("a")
        expect(office.findings).to_have_count(shown - 1)


def _correct_three(office: Office) -> None:
    shown = office.findings.count()
    pane = _chosen(office, 3)
    office.press("e")
    pane.get_by_label("严重程度").select_option(label="严重")
    pane.get_by_role("button", name="更正并确认 3 条").click()
    expect(pane.get_by_role("alert")).to_have_text("更正须写明理由")
    pane.get_by_label("更正理由").fill("影响群众安全")
    pane.get_by_role("button", name="更正并确认 3 条").click()
    expect(office.findings).to_have_count(shown - 3)


def test_the_second_reviewer_is_told_who_decided_and_keeps_what_they_typed(
    new_device: NewDevice, server: AppServer
) -> None:
    hand_in(server, 2)
    first = Office(new_device("first", DESK)).sign_in("supervisor").go("审核")
    second = Office(new_device("second", DESK)).sign_in("office").go("审核")
    for office in (first, second):
        office.findings.first.get_by_role("button").click()
        expect(office.decision.get_by_role("button", name="确认")).to_be_visible()
    words = "与上月照片为同一处，已当面核实"
    second.press("x")
    second.decision.get_by_label("作废原因").fill(words)

    first.press("a")
    first.expect_sent()
    told = second.decision.get_by_role("alert").filter(has_text="该问题刚被他人办理")
    with closing(server.sign_in("supervisor")) as client:
        name = client.get("/api/session").json()["name"]
    expect(told).to_contain_text(re.compile(f"{name}已于 .* 办理，结果：已确认"))
    expect(second.decision.get_by_label("作废原因")).to_have_value(words)
    second.decision.get_by_role("button", name="作废", exact=True).click()
    expect(second.decision.get_by_text("该问题已由他人办理，这里填写的内容没有提交")).to_be_visible()
    second.device.screenshot("review-second")
    with closing(server.sign_in("office")) as client:
        assert client.get("/api/findings", params={"status": "void"}).json()["items"][0]["voidReason"] != words


def drafts(server: AppServer) -> int:
    """How many findings wait."""
    with closing(server.sign_in("office")) as client:
        count: int = client.get("/api/overview").json()["drafts"]
    return count
