"""What the desk sees of messages: who got the feedback and read it, what goes on paper, robots, chasing."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens
from tests.servers.app import ROOT, AppServer
from tests.servers.receiver import receiving

WITH_PEOPLE, WITHOUT = "区卫计局", "田心街道"


def the_digest_leaves(server: AppServer, *, nobody_in: str) -> None:
    """Set the digest hour to midnight, leave a unit's posts empty, and sweep beside the running server."""
    with closing(sqlite3.connect(server.data_dir / "xungai.sqlite3", timeout=30)) as database, database:
        midnight = ("digest_hour", '{"value": 0}', "2026-01-01 00:00:00.000000")
        database.execute("INSERT INTO setting (name, value, changed_at) VALUES (?, ?, ?)", midnight)
        theirs = "unit_id IN (SELECT id FROM unit WHERE name = ?)"
        database.execute(f"UPDATE post SET valid_until = '2026-01-01' WHERE {theirs}", (nobody_in,))
    environment = {**os.environ, "XUNGAI_DEMO": "1", "XUNGAI_DATA_DIR": str(server.data_dir)}
    subprocess.run([sys.executable, "-m", "server", "sweep"], cwd=ROOT, env=environment, check=True, timeout=120)


def test_the_office_sees_who_got_and_read_the_feedback_and_brings_the_rest_on_paper(
    desk: Device, phone: Device, server: AppServer
) -> None:
    the_digest_leaves(server, nobody_in=WITHOUT)
    office = Office(desk).sign_in()
    screens = Screens(desk, "messages")
    bell = office.rail.get_by_role("link", name=re.compile("^消息"))
    expect(bell).to_contain_text(re.compile(r"\d"))
    bell.click()
    inbox = office.page.get_by_role("list", name="收件箱")
    digest = inbox.get_by_role("button", name=re.compile("督查反馈与整改提醒"))
    digest.click()
    expect(inbox).to_contain_text(f"请书面送达：{WITHOUT}")
    screens.look("inbox")
    expect(bell).not_to_contain_text(re.compile(r"\d"))

    office.page.get_by_role("link", name="书面送达", exact=True).click()
    paper = office.row(WITHOUT).first
    expect(paper).to_contain_text("须书面送达")
    paper.get_by_role("button", name="登记送达").click()
    paper.get_by_label("签收人和方式").fill("街道办公室签收")
    screens.look("paper")
    paper.get_by_role("button", name="登记送达").click()
    expect(office.row("街道办公室签收").first).to_contain_text("已书面送达")

    office.page.get_by_role("link", name="反馈阅知", exact=True).click()
    unread = office.row(WITH_PEOPLE, "未读")
    expect(unread.first).to_be_visible()
    before = unread.count()
    unread.first.get_by_role("button", name="提醒", exact=True).click()
    expect(office.page.get_by_role("button", name="今日已提醒").first).to_be_disabled()
    screens.look("unread")
    unit = Phone(phone).start().sign_in("health-leader")
    unit.page.goto(f"{server.url}/inbox")
    unit.page.get_by_text(re.compile("督查反馈与整改提醒")).first.tap()
    expect(unread).not_to_have_count(before)

    office.go("检查记录")
    office.page.get_by_label("反馈", exact=True).select_option("unread")
    sheet = office.open_row("已反馈")
    expect(sheet.get_by_role("region", name="反馈")).to_contain_text("送达")
    screens.look("inspection")
    assert not screens.complaints, "\n".join(screens.complaints)


def test_a_robot_is_entered_tried_and_switched_off_and_its_address_is_never_seen_again(
    desk: Device,
) -> None:
    with receiving() as robot:
        office = Office(desk).sign_in()
        screens = Screens(desk, "targets")
        office.go("消息")
        office.page.get_by_role("link", name="接收方式", exact=True).click()
        office.page.get_by_role("button", name="增加接收方式").click()
        form = office.page.locator("form")
        form.get_by_label("责任单位").select_option(label=WITH_PEOPLE)
        form.get_by_label("名称").fill("卫计局工作群")
        form.get_by_label("接收地址").fill(robot.address)
        screens.look("form")
        form.get_by_role("button", name="保存").click()
        row = office.row("卫计局工作群")
        expect(row).to_contain_text(WITH_PEOPLE)
        row.get_by_role("button", name="测试发送").click()
        expect(row).to_contain_text("对方已接收")
        assert "测试消息" in robot.taken[0]["message"]
        robot.is_up = False
        row.get_by_role("button", name="测试发送").click()
        expect(row).to_contain_text("未送达：对方未接收")
        screens.look("list")
        assert robot.address not in office.page.content()
        office.page.get_by_role("link", name="外发记录", exact=True).click()
        expect(office.page.get_by_text("没有待发送的消息")).to_be_visible()
        screens.look("outgoing")
        office.page.get_by_role("link", name="接收方式", exact=True).click()
        row.get_by_role("button", name="停用").click()
        expect(row).to_contain_text("停用后地址随即删除")
        row.get_by_role("button", name="停用").click()
        expect(office.row("卫计局工作群")).to_have_count(0)
    assert not screens.complaints, "\n".join(screens.complaints)


def test_r93_one_tap_makes_words_and_pictures_for_the_chat_and_stays_in_the_history(desk: Device) -> None:
    office = Office(desk).sign_in()
    screens = Screens(desk, "chase")
    office.page.get_by_role("button", name=re.compile("^催办：")).first.click()
    sheet = office.page.get_by_role("complementary", name="催办")
    words = sheet.get_by_label("文字")
    expect(words).to_have_value(re.compile("^【催办】"))
    picture = sheet.get_by_role("img", name="问题照片拼图")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (one) => (await one.decode(), one.naturalWidth)") > 400
    sheet.get_by_role("button", name="复制文字并登记").click()
    expect(sheet.get_by_role("status")).to_contain_text("登记")
    screens.look("unit")
    sheet.get_by_role("button", name="关闭").click()
    office.go("整改").page.get_by_role("button", name="逾期", exact=True).click()
    task = office.open_row()
    expect(task.get_by_text("催办", exact=True).first).to_be_visible()
    task.get_by_role("button", name="催办").click()
    expect(words).to_have_value(re.compile("^【催办】"))
    assert not screens.complaints, "\n".join(screens.complaints)
