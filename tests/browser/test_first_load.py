"""What really travels to a phone before its first screen stands."""

from __future__ import annotations

from playwright.sync_api import Request

from tests.browser.device import Device
from tests.servers.app import AppServer

JS_BYTES = 120_000
CSS_BYTES = 15_000


def test_a_phones_first_screen_is_light(server: AppServer, phone: Device) -> None:
    fetched: list[Request] = []
    page = phone.open("/health/live")
    # What the service worker fetches ahead comes after the screen, and is its own business.
    page.on("requestfinished", lambda request: fetched.append(request) if not request.service_worker else None)
    page.goto(server.url + "/")
    page.wait_for_load_state("networkidle")

    def bytes_of(kind: str) -> int:
        return sum(request.sizes()["responseBodySize"] for request in fetched if request.resource_type == kind)

    assert 0 < bytes_of("script") <= JS_BYTES
    assert 0 < bytes_of("stylesheet") <= CSS_BYTES
    assert not [request.url for request in fetched if "office" in request.url]
