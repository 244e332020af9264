"""What the office does about the evaluation: an event and what it costs, a figure and its verdict (R57, R83, R84)."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from server import clock
from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.screens import Screens


def _day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def _press(where: Page | Locator, name: str) -> None:
    where.get_by_role("button", name=name, exact=True).click()


def test_an_event_is_recorded_explained_and_counts_once_it_is_established(desk: Device) -> None:
    screens, office = Screens(desk, "evaluation"), Office(desk).sign_in()
    page = office.go("负面清单").page
    _the_city(page)
    _press(page, "登记事件")
    sheet = page.get_by_role("complementary", name="负面清单事件")
    sheet.get_by_role("combobox", name="项目").select_option("G15")
    sheet.get_by_label("发生日期").fill(_day(-40))
    sheet.get_by_label("事件描述").fill("某企业发生有全国影响的生产安全事故")
    sheet.get_by_label("来源").fill("市应急管理局通报")
    sheet.get_by_label("佐证").fill("通报原件一份，存社事办")
    screens.look("negative-form")
    _press(sheet, "保存事件")
    expect(sheet.get_by_text("本事件目前不计入")).to_be_visible()
    clause = sheet.get_by_role("listitem").filter(has_text="G15-P2")
    expect(clause).to_contain_text("当年测评成绩罚 3 分")
    expect(clause).to_contain_text("在开始前 12 个月内")
    for state in ("核实", "认定"):
        _press(sheet, "更正或推进")
        sheet.get_by_text(state, exact=True).click()
        if state == "认定":
            sheet.get_by_label("认定单位").fill("市文明办")
        sheet.get_by_label("更正说明").fill("与原件核对")
        _press(sheet, "保存为新版本")
        expect(sheet.locator("header").first.get_by_text(state, exact=True)).to_be_visible()
    expect(sheet.get_by_text("本事件目前不计入")).to_be_hidden()
    screens.look("negative-event")
    _press(sheet, "关闭")
    expect(page.get_by_role("row").filter(has_text="年度测评").first).to_contain_text("共 3 分")
    expect(page.get_by_role("row").filter(has_text="年度测评").first).to_contain_text("85.5")

    _press(page, "假设推演")
    supposing = page.get_by_role("complementary", name="假设推演")
    supposing.get_by_role("combobox", name="项目").select_option("B05")
    supposing.get_by_label("发生日期").fill(_day(-1))
    supposing.get_by_label("涉及人员").fill("甲、乙")
    _press(supposing, "推算")
    expect(supposing.get_by_text("罚分由 3 分变为 5 分")).to_be_visible()
    screens.look("negative-what-if")
    _press(supposing, "关闭")
    expect(page.get_by_role("region", name="事件").get_by_role("row")).to_have_count(2)
    assert not screens.complaints, "\n".join(screens.complaints)


def _the_city(page: Page) -> None:
    """A candidate city that is evaluated in ten days."""
    _press(page, "登记称号状态")
    card = page.get_by_role("dialog", name="登记称号状态")
    card.get_by_label("称号状态").select_option("candidate")
    card.get_by_label("起始日期").fill("2015-02-28")
    card.get_by_label("来源").fill("中央文明办决定")
    _press(card, "保存")
    expect(card).to_be_hidden()
    _press(page, "登记测评")
    card = page.get_by_role("dialog", name="登记测评")
    year = str(date.fromisoformat(_day(10)).year)
    card.get_by_role("spinbutton", name="年度", exact=True).fill(year)
    card.get_by_label("周期起始年度").fill(year)
    card.get_by_label("开始日期").fill(_day(10))
    card.get_by_label("结束日期").fill(_day(14))
    card.get_by_label("测评成绩").fill("88.5")
    card.get_by_label("来源").fill("省文明办通知")
    _press(card, "保存")
    expect(card).to_be_hidden()


def test_a_figure_is_decided_unrounded_and_leads_back_to_its_source(desk: Device) -> None:
    screens, office = Screens(desk, "evaluation"), Office(desk).sign_in()
    page = office.go("测评").page
    row = page.get_by_role("row").filter(has_text="医保定点比率")
    expect(row).to_contain_text("区人社局")
    row.get_by_role("button", name="登记", exact=True).first.click()
    sheet = page.get_by_role("complementary", name="测评登记")
    sheet.get_by_label("公布日期").fill(_day(-30))
    sheet.get_by_label("纳入定点的机构数").fill("949999")
    sheet.get_by_label("社区卫生服务机构总数").fill("1000000")
    sheet.get_by_label("来源").fill("市人社局统计表格")
    screens.look("value-form")
    _press(sheet, "保存")
    expect(row).to_contain_text("未达标")
    expect(row).to_contain_text("实际值低于标准")
    _press(row, "查看来源")
    expect(sheet).to_contain_text("市人社局统计表格")
    screens.look("value-source")
    _press(sheet, "更正")
    sheet.get_by_label("纳入定点的机构数").fill("950000")
    sheet.get_by_label("更正说明").fill("市人社局更正")
    _press(sheet, "保存为新版本")
    expect(row).to_contain_text("950000 ÷ 1000000 ≈ 95.00%")
    expect(row.get_by_text("达标", exact=True)).to_be_visible()
    for part in ("荣誉称号", "十大行动和督查力量", "年度总分", "市民投诉"):
        page.get_by_role("navigation", name="测评", exact=True).get_by_role("link", name=part).click()
        page.wait_for_load_state("networkidle")
        screens.look(f"evaluation-{part}")
    page.get_by_role("navigation", name="测评", exact=True).get_by_role("link", name="点位得分").click()
    page.get_by_role("region", name="点位得分").get_by_role("button", name="项").first.click()
    expect(page.get_by_role("link", name="整改任务").first).to_be_visible()
    screens.look("site-scores")
    page.get_by_role("link", name="问题与照片").first.click()
    expect(page.get_by_role("region", name="审核", exact=True)).to_be_visible()
    assert not screens.complaints, "\n".join(screens.complaints)
