"""A download that broke off goes on to the very same file; where that is no longer possible it begins anew."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx
import pytest

from server import resuming
from server.district import District
from server.exports import controllers
from server.photos.desk import photo_key
from storage.objects import ObjectStoreError
from tests.factories.crew import Crew
from tests.factories.inspections import Json

SHEETS = ("/api/ledger.xlsx", "/api/findings.csv", "/api/findings.geojson")


async def until(client: httpx.AsyncClient, url: str, most: int) -> tuple[bytes, str]:
    """What came before the line was cut, and the tag of the file."""
    got = b""
    async with client.stream("GET", url) as answer:
        assert answer.status_code == 200
        assert answer.headers["accept-ranges"] == "bytes"
        async for piece in answer.aiter_raw():
            got += piece
            if len(got) >= most:
                break
        return got[:most], answer.headers["etag"]


async def rest(client: httpx.AsyncClient, url: str, start: int, tag: str | None) -> httpx.Response:
    wanted = {"Range": f"bytes={start}-"} | ({"If-Range": tag} if tag else {})
    return await client.get(url, headers=wanted)


async def a_package(crew: Crew) -> tuple[str, list[str]]:
    shots = [await crew.photo("inspector", seed=seed) for seed in (1, 2, 3)]
    await crew.found("YL-B01", photos={"YL-B01": shots})
    plan: Json = (await (await crew.of("office")).post("/api/photo-package", json={})).json()
    return str(plan["parts"][0]["url"]), shots


async def test_a_package_that_broke_off_at_four_fifths_goes_on_to_the_same_file(crew: Crew) -> None:
    url, _ = await a_package(crew)
    office = await crew.of("office")
    whole = (await office.get(url)).content
    got, tag = await until(office, url, len(whole) * 4 // 5)
    await crew.found("YL-B02")  # the district goes on meanwhile
    answer = await rest(office, url, len(got), tag)
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {len(got)}-{len(whole) - 1}/{len(whole)}"
    assert int(answer.headers["content-length"]) == len(whole) - len(got)
    assert got + answer.content == whole
    assert zipfile.ZipFile(io.BytesIO(got + answer.content)).testzip() is None


async def test_a_package_tells_its_size_so_that_progress_can_be_shown(crew: Crew) -> None:
    url, _ = await a_package(crew)
    answer = await (await crew.of("office")).get(url)
    assert int(answer.headers["content-length"]) == len(answer.content)


async def test_a_package_whose_photo_was_lost_meanwhile_begins_anew(crew: Crew, district: District) -> None:
    url, shots = await a_package(crew)
    office = await crew.of("office")
    got, tag = await until(office, url, 2_000)
    await district.objects.delete(photo_key(shots[0]))
    answer = await rest(office, url, len(got), tag)
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


async def test_a_store_that_is_away_is_a_problem_and_no_half_file(
    crew: Crew, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, _ = await a_package(crew)

    async def away(*_: Any, **__: Any) -> Any:
        for piece in tuple[bytes, ...]():
            yield piece
        raise ObjectStoreError("away")

    monkeypatch.setattr(type(district.objects), "stream", away)
    answer = await (await crew.of("office")).get(url)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store-away")


@pytest.mark.parametrize("url", SHEETS)
async def test_a_sheet_that_broke_off_goes_on_to_the_same_file(crew: Crew, url: str) -> None:
    for item in ("YL-B01", "YL-B02", "YL-B03"):
        await crew.opened(item)
    office = await crew.of("office")
    whole = (await office.get(url)).content
    got, tag = await until(office, url, len(whole) * 4 // 5)
    answer = await rest(office, url, len(got), tag)
    assert answer.status_code == 206
    assert got + answer.content == whole


@pytest.mark.parametrize("url", SHEETS)
async def test_a_sheet_of_which_a_row_changed_begins_anew(crew: Crew, url: str) -> None:
    await crew.opened("YL-B01")
    office = await crew.of("office")
    got, tag = await until(office, url, 100)
    await crew.opened("YL-B02")
    answer = await rest(office, url, len(got), tag)
    assert answer.status_code == 200
    assert answer.content == (await office.get(url)).content
    assert answer.headers["etag"] != tag


async def test_a_row_that_changes_while_the_rest_is_made_sends_all_of_it(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    await crew.opened("YL-B01")
    office = await crew.of("office")
    got, tag = await until(office, "/api/findings.csv", 100)

    async def slowly(*given: Any) -> Any:
        file = await resuming.spooled(*given)
        await crew.opened("YL-B02")
        return file

    monkeypatch.setattr(controllers, "spooled", slowly)
    answer = await rest(office, "/api/findings.csv", len(got), tag)
    assert answer.status_code == 200
    # And the file that was sent is never gone on with from another.
    monkeypatch.undo()
    assert (await rest(office, "/api/findings.csv", 100, answer.headers["etag"])).status_code == 200


async def test_without_a_tag_or_with_anothers_all_of_it_is_sent(crew: Crew) -> None:
    url, _ = await a_package(crew)
    office = await crew.of("office")
    for tag in (None, '"other"'):
        assert (await rest(office, url, 100, tag)).status_code == 200


async def test_the_end_of_the_file_is_told(crew: Crew) -> None:
    url, _ = await a_package(crew)
    office = await crew.of("office")
    whole = await office.get(url)
    answer = await rest(office, url, len(whole.content), whole.headers["etag"])
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(whole.content)}"


async def test_r8_another_persons_tag_does_not_open_the_same_rows(crew: Crew) -> None:
    await crew.opened("YL-B01")
    _, tag = await until(await crew.of("office"), "/api/findings.csv", 100)
    assert (await rest(await crew.of("street"), "/api/findings.csv", 100, tag)).status_code == 200
