"""T16: a new release of the pages arrives while a draft and an outbox are on the phone; so does a broken one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error, expect

from tests.browser.checklist import Checklist
from tests.browser.device import Device
from tests.browser.phone import Phone
from tests.browser.releases import broken_release, release
from tests.servers.app import AppServer

DRAFT, OWED = "北门社区卫生服务站", "东门社区卫生服务站"

# Ask for a newer worker, and wait until what was found has been installed or given up.
_LOOK_FOR_UPDATE = """async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update().catch(() => null)
    const found = registration.installing
    if (!found) return registration.waiting?.state ?? 'none'
    await new Promise((done) => found.addEventListener('statechange', () => found.state !== 'installing' && done()))
    return found.state
}"""


def test_a_new_release_keeps_the_draft_and_the_outbox_and_a_broken_one_changes_nothing(
    server: AppServer, phone: Device
) -> None:
    inspector = Phone(phone).start().sign_in("inspector").ready_offline()
    inspector.open_visit(DRAFT)
    checklist = Checklist(inspector.begin())
    checklist.section_of("YL-B01").answer("YL-B01", "否").photograph("YL-B01").answer("YL-B02", "是").expect_saved()
    draft = checklist.state()
    phone.page.go_back()
    _cut(phone)
    inspector.report_no_access(OWED)

    _serve(server, lambda dist: release(dist, "0.2.0"))
    assert phone.page.evaluate(_LOOK_FOR_UPDATE) == "installed"
    # After a reload the worker before may stay for minutes: it goes only once no request of the old page is pending.
    server.stop()
    phone.kill()
    inspector.start()
    _cut(phone)
    _expect_version(inspector, "0.2.0")
    _expect_all_there(inspector, draft)

    _serve(server, broken_release)
    assert phone.page.evaluate(_LOOK_FOR_UPDATE) == "redundant"
    server.stop()
    phone.kill()
    inspector.start()
    _expect_version(inspector, "0.2.0")
    _expect_all_there(inspector, draft)

    server.start()
    inspector.sign_in_again_if_asked("督查员一").expect_all_delivered()
    expect(inspector.outbox_row(OWED)).to_contain_text("照片 1/1 已收到")


def _cut(phone: Device) -> None:
    """Nothing of the API gets through: the outbox must wait."""
    phone.context.route("**/api/**", lambda route: route.abort())


def _serve(server: AppServer, change: Callable[[Path], object]) -> None:
    server.stop()
    change(Path(server.data_dir).with_name("dist"))
    server.start()


def _expect_version(inspector: Phone, version: str) -> None:
    shown = inspector.page.get_by_text(f"巡改 {version}")
    for _ in range(3):
        # A page that was touched takes up a release on the way to another: a tap just then is lost, and made again.
        with contextlib.suppress(AssertionError, Error):
            inspector.leave_work().tab("待传").tab("我的")
            expect(shown).to_be_visible(timeout=5_000)
            break
    expect(shown).to_be_visible()


def _expect_all_there(inspector: Phone, draft: dict[str, tuple[str, int]]) -> None:
    inspector.tab("待传")
    expect(inspector.outbox_row(OWED)).to_contain_text("答案待传")
    expect(inspector.outbox_row(OWED)).to_contain_text("已存在本机")
    inspector.tab("本月")
    inspector.rows().filter(has_text=DRAFT).first.tap()
    checklist = Checklist(inspector)
    assert checklist.state() == draft
