"""Changes that no page of ours asked for are refused before anything is looked at."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import pytest

from tests.districts import DEMO_PASSWORD, PUBLIC_URL
from tests.factories.crew import problem
from tests.integration.conftest import House

CREDENTIALS = {"login": "inspector", "password": DEMO_PASSWORD}


async def post(house: House, headers: Mapping[str, str | None], path: str = "/api/session") -> httpx.Response:
    """A sign-in with these headers; None leaves one out that our pages always send."""
    async with house.stranger() as client:
        for name, value in headers.items():
            if value is None:
                del client.headers[name]
            else:
                client.headers[name] = value
        return await client.post(path, json=CREDENTIALS)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF": None},
        {"X-CSRF": "0"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC_URL},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": PUBLIC_URL + ".elsewhere.example"},
        {"Origin": PUBLIC_URL.replace("https", "http")},
    ],
    ids=str,
)
async def test_a_change_from_elsewhere_is_refused(house: House, headers: dict[str, str | None]) -> None:
    answer = await post(house, headers)
    assert (answer.status_code, problem(answer)) == (403, "cross-site")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": PUBLIC_URL},
        {"Sec-Fetch-Site": "same-origin", "Origin": PUBLIC_URL},
    ],
    ids=str,
)
async def test_a_change_from_our_own_pages_or_from_no_browser_is_taken(house: House, headers: dict[str, str]) -> None:
    assert (await post(house, headers)).status_code == 200


async def test_no_spelling_of_the_path_gets_round_the_check(house: House) -> None:
    for path in ("//api/session", "/api//session", "/./api/session", "/api/session/", "/%61pi/session", "/API/session"):
        answer = await post(house, {"Sec-Fetch-Site": "cross-site"}, path)
        assert answer.status_code in (403, 404, 405), path
        assert "set-cookie" not in answer.headers, path


async def test_reading_needs_no_header(house: House) -> None:
    client = await house.crew.of("inspector")
    answer = await client.get("/api/session", headers={"X-CSRF": "", "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


async def test_every_answer_forbids_sniffing_framing_and_caching(house: House) -> None:
    client = await house.crew.of("inspector")
    for path in ("/api/session", "/api/tasks/x", "/health/live", "/api/nothing", "/nothing.js"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "max-age=" in headers["strict-transport-security"], path
        assert "no-store" in headers["cache-control"], path
        assert headers["cross-origin-resource-policy"] == "same-origin", path


async def test_a_method_that_a_route_does_not_have_is_told_as_a_problem(house: House) -> None:
    answer = await (await house.crew.of("inspector")).put("/api/session", json={})
    assert (answer.status_code, problem(answer)) == (405, "method-not-allowed")


async def test_control_characters_in_addresses_are_no_fault_of_ours(house: House) -> None:
    office = await house.crew.of("office")
    for path in (
        "/api/tasks/%00",
        "/api/findings/a%00b",
        "/api/inspections/%00",
        "/api/photos/%00",
        "/api/tasks?q=%00",
        "/api/tasks?unit=%00",
        "/api/findings?month=%00",
        "/api/inspections?state=%00",
        "/api/tasks?cursor=%00",
    ):
        answer = await office.get(path)
        assert answer.status_code in (200, 400, 404, 422), (path, answer.text)


async def test_problems_speak_the_language_that_was_asked_for(house: House) -> None:
    async with house.stranger() as client:
        chinese = await client.get("/api/session")
        english = await client.get("/api/session", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert chinese.json()["title"] == "登录已失效"
    assert english.json()["title"].isascii()
