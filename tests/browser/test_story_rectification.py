"""From a confirmed finding to 销号, by clicks alone: the unit replies, an inspector verifies or returns on the spot."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.checklist import Checklist
from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, PHONE
from tests.browser.office import Office
from tests.browser.phone import Phone

SITE = "东门社区卫生服务站"
SIGNS, LITTER = "三楼候诊区无禁烟标识", "后门楼道堆放杂物"


def test_a_unit_rectifies_and_an_inspector_strikes_off_or_returns(new_device: NewDevice) -> None:
    two_findings(Phone(new_device("inspector", PHONE)).start().sign_in("inspector"))
    confirm_both(Office(new_device("desk", DESK)).sign_in())

    unit = Phone(new_device("health", PHONE)).start().sign_in("health")
    reply(unit, SIGNS, "已在三楼候诊区张贴禁烟标识 4 处", measure="纳入每周巡查")
    reply(unit, LITTER, "杂物已清理")

    verifier = Phone(new_device("inspector2", PHONE)).start().sign_in("inspector2")
    _strike_off(verifier, SIGNS)
    _return(verifier, LITTER, "楼道仍有纸箱")

    _see_it_back(unit, LITTER, "楼道仍有纸箱")
    _see_it_closed(unit, SIGNS)
    _sees_nothing_of_it(Phone(new_device("street", PHONE)).start().sign_in("street"))


def two_findings(inspector: Phone) -> None:
    """An inspection of `SITE` that finds `SIGNS` and `LITTER`, each with a photo."""
    inspector.open_visit(SITE)
    checklist = Checklist(inspector.begin())
    checklist.fill({"YL-B01": "否", "YL-C01": "否"})
    for code, note in (("YL-B01", SIGNS), ("YL-C01", LITTER)):
        checklist.section_of(code).photograph(code)
        checklist.card(code).get_by_label("问题说明").fill(note)
    checklist.expect_saved().review()
    checklist.submit()
    inspector.go_home().expect_all_delivered()


def confirm_both(office: Office) -> None:
    """Confirm the two findings of `SITE` in the review queue."""
    office.go("审核").show_arrived(SITE)
    for left in (1, 0):
        office.stand_on(SITE)
        office.press("a")
        expect(office.finding(SITE)).to_have_count(left)
    office.expect_sent()


def _open_task(person: Phone, tab: str, problem: str) -> None:
    person.tab("整改")
    person.button(re.compile(f"^{tab}")).tap()
    task_row(person, problem).tap()
    expect(person.page.get_by_role("heading", name=problem)).to_be_visible()


def task_row(person: Phone, problem: str) -> Locator:
    return person.page.get_by_role("list", name="整改任务").locator("a.card").filter(has_text=problem)


def reply(unit: Phone, problem: str, text: str, measure: str = "") -> None:
    """Answer a task with a photo from the unit's phone."""
    _open_task(unit, "待整改", problem)
    before = unit.page.locator("img[alt=整改前]").first
    expect(before).to_be_visible()
    assert before.evaluate("(image) => image.naturalWidth") > 0
    unit.page.get_by_role("link", name="回复整改").tap()
    submit = unit.button("提交回复")
    expect(submit).to_be_disabled()
    unit.button("拍整改后照片").tap()
    unit.shoot().finish_camera()
    unit.page.get_by_label("整改情况").fill(text)
    unit.page.get_by_label("长效措施").fill(measure)
    submit.tap()
    unit.expect_handed_in()
    unit.go_home().expect_all_delivered()


def _strike_off(verifier: Phone, problem: str) -> None:
    _open_task(verifier, "待复查", problem)
    expect(verifier.page.get_by_text("纳入每周巡查")).to_be_visible()
    verifier.page.get_by_role("link", name="合格 销号").tap()
    verifier.button("拍复查照片").tap()
    expect(verifier.page.get_by_text("整改前").last).to_be_visible()
    verifier.shoot().finish_camera()
    verifier.button("合格，销号").tap()
    verifier.go_home().expect_all_delivered()
    verifier.tab("整改")
    expect(task_row(verifier, problem)).to_have_count(0)


def _return(verifier: Phone, problem: str, reason: str) -> None:
    _open_task(verifier, "待复查", problem)
    verifier.page.get_by_role("link", name="不合格 退回").tap()
    verifier.page.get_by_label("退回原因").fill(reason)
    verifier.button("不合格，退回").tap()
    verifier.go_home().expect_all_delivered()


def _see_it_back(unit: Phone, problem: str, reason: str) -> None:
    unit.tab("我的")
    unit.button("更新").tap()
    _open_task(unit, "待整改", problem)
    expect(unit.page.get_by_text(reason)).to_be_visible()
    expect(unit.page.get_by_role("link", name="回复整改")).to_be_visible()
    unit.button("返回").tap()


def _see_it_closed(unit: Phone, problem: str) -> None:
    _open_task(unit, "已销号", problem)
    expect(unit.page.get_by_text("已销号").first).to_be_visible()
    expect(unit.page.get_by_role("link", name="回复整改")).to_have_count(0)


def _sees_nothing_of_it(street: Phone) -> None:
    street.tab("整改")
    for filter_name in ("待整改", "逾期", "已回复", "已销号"):
        street.button(re.compile(f"^{filter_name}")).tap()
        for problem in (SIGNS, LITTER):
            expect(task_row(street, problem)).to_have_count(0)
