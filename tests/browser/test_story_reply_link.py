"""A letter on paper, a phone without an account: scan, reply with a photo, the office sees it and strikes off (R44)."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, PHONE, Device
from tests.browser.letters import LettersDesk
from tests.browser.office import Office
from tests.browser.reply import ReplyPage
from tests.browser.screens import Screens
from tests.fixtures.photos import jpeg
from tests.servers.app import AppServer

UNIT = "田心街道"  # the demo district has a task of theirs whose limit has passed
SITE = "东门社区科普活动室"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "after.jpg"
    path.write_bytes(jpeg(4711, (1200, 900)))
    return path


def issued_letter(desk: Device) -> tuple[Office, str]:
    """The office issues a letter; what its printed code says."""
    office = Office(desk).sign_in()
    letters = LettersDesk(office).open()
    letters.draft(UNIT, phone_number="0731-22880000")
    letters.step("送核稿", then="待核稿签发").step("签发", then="已签发，待印发").step("印发", then="已印发")
    code = office.sheet.get_by_role("article").get_by_role("img", name="扫描二维码可直接回复本函")
    code.scroll_into_view_if_needed()
    expect(code).to_be_visible()
    desk.screenshot("reply-code-on-paper")
    letter_id = office.page.url.rstrip("/").split("/")[-1].split("?")[0]
    url = office.page.evaluate(
        "async (id) => (await (await fetch(`/api/letters/${id}/reply-link`)).json()).url", letter_id
    )
    return office, str(url)


def test_a_unit_without_an_account_replies_by_the_code_and_the_office_strikes_off(
    new_device: NewDevice, photo: Path
) -> None:
    desk = new_device("desk", DESK)
    office, url = issued_letter(desk)
    phone = new_device("stranger", PHONE)
    screens = Screens(phone, "reply")
    reply = ReplyPage(phone).scan(url)
    page = reply.page
    expect(page.get_by_text(UNIT).first).to_be_visible()
    expect(page.get_by_role("link", name="0731-22880000")).to_be_visible()
    problem = str(page.get_by_role("article").first.get_attribute("aria-label"))
    screens.look("first")
    reply.tell("李四", "办事处副主任", "0731-28610000").sign_for(problem)

    # A reload in the middle, as WeChat does it, loses neither words nor photo.
    reply.write_reply(problem, measure="更换展板", text="展板已全部更换", photo=photo)
    page.reload()
    form = reply.task(problem).get_by_role("form")
    expect(form.get_by_label("整改结果")).to_have_value("展板已全部更换")
    expect(form.get_by_role("img", name="整改照片")).to_be_visible()
    screens.look("form")

    # Handed in without a network, it goes out by itself when there is one.
    phone.go_offline()
    reply.send(form)
    expect(reply.task(problem).get_by_text("已保存在本机，正在发送")).to_be_visible()
    screens.look("waiting")
    phone.go_online()
    expect(reply.task(problem).locator(".tag")).to_have_text("已回复")
    expect(reply.task(problem).get_by_role("img", name="整改照片")).to_be_visible()

    page.get_by_role("button", name="回复本函").tap()
    letter_form = page.get_by_role("form", name="回复本函")
    expect(letter_form.get_by_label("回复内容")).to_have_value(re.compile("更换展板"))
    reply.send(letter_form, "提交对本函的回复")
    expect(page.get_by_text("本函已回复。")).to_be_visible()
    screens.look("done")
    assert phone.context.cookies() == [], "no session, no cookie"
    assert screens.complaints == []

    expect(office.sheet.locator("header").get_by_text("已回复", exact=True)).to_be_visible()
    expect(office.sheet.get_by_text("李四（办事处副主任）0731-28610000 · 扫码回复").first).to_be_visible()
    desk.screenshot("reply-office")
    _strike_off(office, desk)
    page.reload()
    expect(reply.task(problem).locator(".tag")).to_have_text("已销号")


def _strike_off(office: Office, desk: Device) -> None:
    """From the letter to its task, whose history names the teller, and off the list."""
    listed = office.sheet.get_by_role("heading", name="所列事项").locator("xpath=..")
    listed.get_by_role("link").first.click()
    expect(office.sheet.get_by_text("展板已全部更换").first).to_be_visible()
    expect(office.sheet.get_by_text(re.compile("扫码回复")).first).to_be_visible()
    desk.screenshot("reply-task")
    office.sheet.get_by_role("button", name="销号", exact=True).click()
    note = office.sheet.get_by_label("复查意见")
    note.fill("核对照片，已到位")
    office.sheet.get_by_role("button", name=re.compile("^(确认)?销号")).last.click()
    expect(office.sheet.locator("header").get_by_text("已销号").first).to_be_visible()


def test_the_page_of_a_code_is_kept_by_no_browser_and_tells_nobody_where_it_was(server: AppServer) -> None:
    answer = httpx.get(f"{server.url}/reply")
    assert answer.status_code == 200
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


def test_a_code_that_is_no_more_says_whom_to_call_and_shows_what_is_kept(new_device: NewDevice, photo: Path) -> None:
    phone = new_device("lost", PHONE)
    reply = ReplyPage(phone).scan("#" + "A" * 44)
    expect(reply.page.get_by_role("alert")).to_contain_text("请拨打来函附注中的联系电话")
    screens = Screens(phone, "reply-closed")
    screens.look("closed")
    assert screens.complaints == []
    reply.page.get_by_role("button", name="English").tap()
    expect(reply.page.get_by_role("button", name="中文")).to_be_visible()
