"""A street keeps the register of its science rooms on the phone, and the office sees which show nothing new (R20)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens

ROOM = "西苑社区科普活动室"


def test_a_street_keeps_its_rooms_and_the_office_sees_them(phone: Device, desk: Device) -> None:
    seen = Screens(phone, "science")
    street = Phone(phone).start().sign_in("street").page
    street.get_by_role("link", name="小结和总结").tap()
    street.get_by_role("link", name=re.compile("^科普活动室")).tap()
    room = street.get_by_role("list", name="科普活动室").get_by_role("link", name=ROOM)
    expect(room).to_contain_text("逾期未更新")
    seen.look("rooms")
    room.tap()
    street.get_by_role("button", name="登记基本情况").tap()
    street.get_by_label("社区").fill("西苑社区")
    street.get_by_label("面积").fill("80")
    street.get_by_label("开放时间").fill("周一至周五 9:00–17:00")
    street.get_by_label("管理人员").fill("社区科普员")
    seen.look("facts")
    street.get_by_role("button", name="保存").tap()
    expect(street.get_by_text("80 平方米")).to_be_visible()
    enter = street.get_by_role("button", name="登记活动、资料或更新")
    enter.tap()
    street.get_by_label("更新内容").fill("更换冬季防火展板")
    street.get_by_role("button", name="保存").tap()
    register = street.get_by_role("list", name="活动和资料登记")
    expect(register).to_contain_text("更换冬季防火展板")
    enter.tap()
    street.get_by_role("radio", name="科普活动").tap()
    street.get_by_label("活动主题").fill("应急避险讲座")
    street.get_by_label("参加人数").fill("45")
    street.get_by_label("时间节点").select_option(label="科技活动周")
    seen.look("entry")
    street.get_by_role("button", name="保存").tap()
    expect(register).to_contain_text("45 人参加")
    seen.look("room")

    office, looked = Office(desk).sign_in(), Screens(desk, "science")
    office.go("科普活动室")
    row = office.page.get_by_role("row").filter(has_text=ROOM)
    expect(row).to_contain_text("社区科普员")
    expect(row).not_to_contain_text("尚未更新")
    expect(office.page.get_by_text("科技活动周：活动 1 次，1 个活动室")).to_be_visible()
    looked.look("rooms")
    row.get_by_role("button", name=ROOM).click()
    sheet = office.page.get_by_role("complementary", name=ROOM)
    entry = sheet.get_by_role("listitem").filter(has_text="应急避险讲座")
    entry.get_by_role("button", name="撤销登记").click()
    entry.get_by_label("撤销原因").fill("重复登记")
    looked.look("room")
    entry.get_by_role("button", name="撤销登记").click()
    expect(entry).to_contain_text("已撤销：重复登记")
    expect(office.page.get_by_text("科技活动周：尚无活动记录")).to_be_visible()
    assert not seen.complaints + looked.complaints, "\n".join(seen.complaints + looked.complaints)
