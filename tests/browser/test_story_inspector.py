"""An inspector's day: the month, a visit without a network, a killed browser, the submission, second thoughts."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.checklist import Checklist
from tests.browser.device import Device
from tests.browser.phone import Phone
from tests.fixtures.photos import jpeg

STATION = "东门社区卫生服务站"
HOSPITAL = "田心示范医院"


def test_the_month_shows_the_nearest_visit_first_as_list_and_as_map(phone: Device) -> None:
    inspector = Phone(phone).start().sign_in("inspector")
    visits = inspector.visits()

    assert visits[0].site.startswith("东门社区")
    for standing in ("未查", "已查"):  # what is done comes after what is to be done
        distances = [visit.distance_m or 0 for visit in visits if visit.standing == standing]
        assert distances == sorted(distances)
        assert 0 not in distances

    inspector.button("地图").tap()
    dots = phone.page.get_by_role("region", name="地图").get_by_role("button")
    expect(dots.first).to_be_visible()
    assert dots.count() == len({visit.site for visit in visits})
    phone.page.get_by_role("button", name=re.compile(f"^1 {STATION}，未查")).tap()
    expect(phone.page.get_by_role("link", name=STATION)).to_be_visible()


def test_what_was_filled_offline_outlives_the_killed_browser_to_the_very_question(phone: Device) -> None:
    inspector = Phone(phone).start().sign_in("inspector").ready_offline().next_day()
    inspector.open_visit(STATION)
    phone.go_offline()
    checklist = Checklist(inspector.begin())
    checklist.fill({"YL-B01": "否", "YL-A01": "1"})

    _see_what_failing_answers_ask_for(checklist)
    checklist.section_of("YL-B01").open_camera("YL-B01").shoot().pick(("门口.jpg", jpeg(seed=7))).finish_camera()
    before = checklist.state()
    checklist.section_of("YL-C03").answer("YL-C03", "不适用").expect_saved()
    place = checklist.current()
    phone.kill()

    checklist = Checklist(Phone(phone).start())
    assert checklist.current() == place
    assert checklist.state() == {**before, "YL-C03": ("不适用", 0)}
    assert checklist.state()["YL-B01"] == ("否", 2)

    checklist.review()
    expect(phone.page.get_by_text(re.compile("还差 1 项"))).to_be_visible()
    phone.page.get_by_role("link", name=re.compile("公共卫生知识宣传形式数量.*缺照片")).tap()
    assert checklist.current() == "YL-A01"
    checklist.card("YL-A01").get_by_role("button", name="无法拍照").tap()
    checklist.card("YL-A01").get_by_label("无法拍照的原因").fill("宣传栏正在更换")
    checklist.review()
    expect(phone.page.get_by_text(re.compile("不合格 2 项")).first).to_be_visible()
    expect(phone.page.get_by_text(re.compile(r"预计由 .* 整改，期限 \d{4}-\d{2}-\d{2}")).first).to_be_visible()
    checklist.submit()
    _take_back_and_amend(Phone(phone))


def _see_what_failing_answers_ask_for(checklist: Checklist) -> None:
    checklist.section_of("YL-B01")
    failing = checklist.card("YL-B01")
    expect(failing).to_contain_text("不合格")
    expect(failing).to_contain_text("请拍照，或写明无法拍照的原因")
    expect(failing.get_by_label("问题说明")).to_be_visible()
    expect(checklist.page.get_by_role("button", name=re.compile("控烟.*不合格 1")).first).to_be_visible()


def _take_back_and_amend(inspector: Phone) -> None:
    """Before the first send a submission comes back as it was; afterwards it is corrected under its own version."""
    page = inspector.page
    inspector.go_home()
    inspector.tab("待传")
    row = inspector.outbox_row(STATION)
    expect(row).to_contain_text("答案待传")
    row.get_by_role("button", name="撤回修改").tap()
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible()
    page.get_by_label("现场指导意见").fill("已当场指导张贴禁烟标识")
    checklist = Checklist(inspector)
    checklist.submit()

    inspector.device.go_online()
    inspector.go_home()
    inspector.expect_all_delivered()
    expect(row.get_by_role("button", name="撤回修改")).to_have_count(0)

    row.get_by_role("button", name="更正").tap()
    expect(page.get_by_text("这是对已提交检查的更正，原版本会保留")).to_be_visible()
    page.get_by_role("link", name="回检查表修改").tap()
    checklist.section_of("YL-B03").answer("YL-B03", "否")
    checklist.photograph("YL-B03")
    checklist.review()
    checklist.submit()
    inspector.go_home()
    inspector.expect_all_delivered()
    expect(inspector.outbox_row(STATION)).to_have_count(2)
    expect(inspector.outbox_row(STATION).first).to_contain_text("发现 3 个问题")
