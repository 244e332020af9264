"""Uploads over HTTP: resumable, exactly once, and nothing left behind of what is refused."""

import asyncio
import random
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from server import clock
from server.district import District
from server.photos.recognition import LARGEST_BYTES
from storage.database.models import Photo, Shot, Upload
from tests.conftest import SignIn
from tests.factories import uploads
from tests.factories.uploads import SHIFENG_FIX, TUS, TUS_BYTES
from tests.fixtures import photos

# What the database has no part in.
on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


async def stored_keys(district: District, prefix: str = "") -> set[str]:
    return {info.key async for info in district.objects.list(prefix)}


async def rows(district: District, table: type[Photo | Shot | Upload]) -> int:
    from sqlalchemy import func, select

    async with district.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_one_piece_gets_a_receipt_that_names_the_hash(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg(place=photos.SHIFENG)
    before = await rows(district, Photo)
    answer = await uploads.send(inspector, data, **SHIFENG_FIX)
    assert (answer.status_code, answer.headers["x-photo-sha256"]) == (204, uploads.sha256(data))
    assert answer.headers["upload-offset"] == str(len(data))
    assert await district.objects.get(f"photos/{uploads.sha256(data)[:2]}/{uploads.sha256(data)}") == data
    assert await rows(district, Photo) == before + 1
    assert await stored_keys(district, "uploads/") == set()


async def test_creation_with_upload_is_a_receipt_at_once(sign_in: SignIn) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    headers = {
        "Upload-Length": str(len(data)),
        "Upload-Metadata": uploads.metadata(uploads.sha256(data)),
        "Content-Type": "application/offset+octet-stream",
    }
    answer = await inspector.post("/api/uploads", content=data, headers=TUS | headers)
    assert (answer.status_code, answer.headers["x-photo-sha256"]) == (201, uploads.sha256(data))
    assert answer.headers["location"].startswith("/api/uploads/")
    again = await uploads.head(inspector, answer.headers["location"])
    assert (again.status_code, again.headers["x-photo-sha256"]) == (200, uploads.sha256(data))


async def test_it_goes_on_from_any_cut(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    url = (await uploads.create(inspector, data)).headers["location"]
    offset = 0
    for end in (1, 1000, len(data) // 2, len(data) - 1):
        answer = await uploads.patch(inspector, url, data[offset:end], offset)
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(end))
        asked = await uploads.head(inspector, url)
        assert (asked.headers["upload-offset"], asked.headers["upload-length"]) == (str(end), str(len(data)))
        assert "x-photo-sha256" not in asked.headers
        assert asked.headers["cache-control"] == "no-store"
        offset = end
    last = await uploads.patch(inspector, url, data[offset:], offset)
    assert last.headers["x-photo-sha256"] == uploads.sha256(data)
    assert await stored_keys(district, "uploads/") == set()


@on_one_database
async def test_two_hundred_cuts_at_random_bytes_lose_nothing(sign_in: SignIn, district: District) -> None:
    inspector, chance, cuts = await sign_in("inspector"), random.Random(20), 0
    for number in range(25):
        data = photos.jpeg(seed=number, size=(320, 240))
        url = (await uploads.create(inspector, data)).headers["location"]
        ends = sorted(chance.sample(range(len(data)), 8))
        for start, end in zip([0, *ends], [*ends, len(data)], strict=True):
            answer = await uploads.patch(inspector, url, data[start:end], start)
            assert answer.headers["upload-offset"] == str(end)
        assert answer.headers["x-photo-sha256"] == uploads.sha256(data)
        cuts += len(ends)
    assert cuts == 200
    assert await stored_keys(district, "uploads/") == set()


async def test_what_came_before_the_connection_broke_is_kept(sign_in: SignIn, app: Litestar) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    url = (await uploads.create(inspector, data)).headers["location"]
    request = inspector.build_request("PATCH", url, headers=TUS | {"Upload-Offset": "0", "Content-Type": TUS_BYTES})
    events: list[Any] = [
        {"type": "http.request", "body": data[:5000], "more_body": True},
        {"type": "http.request", "body": data[5000:7000], "more_body": True},
        {"type": "http.disconnect"},
    ]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "PATCH", "scheme": "https",
        "path": url, "raw_path": url.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("xungai.test", 443), "headers": [(k.lower(), v) for k, v in request.headers.raw],
    }  # fmt: skip

    async def receive() -> Any:
        return events.pop(0)

    async def send(_: Any) -> None:
        """Nobody is listening."""

    await cast(Any, app)(scope, receive, send)
    assert (await uploads.head(inspector, url)).headers["upload-offset"] == "7000"
    last = await uploads.patch(inspector, url, data[7000:], 7000)
    assert last.headers["x-photo-sha256"] == uploads.sha256(data)


async def test_a_wrong_offset_is_a_conflict_and_loses_nothing(sign_in: SignIn) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    url = (await uploads.create(inspector, data)).headers["location"]
    await uploads.patch(inspector, url, data[:100], 0)
    for offset in (0, 50, 101):
        answer = await uploads.patch(inspector, url, data[offset:], offset)
        assert answer.status_code == 409
        assert "offset-conflict" in answer.text
        assert answer.headers["upload-offset"] == "100"
    assert (await uploads.patch(inspector, url, data[100:], 100)).status_code == 204


async def test_two_that_send_the_same_piece_at_once_make_one_photo(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    before = await rows(district, Photo)
    url = (await uploads.create(inspector, data)).headers["location"]
    first = await asyncio.gather(*(uploads.patch(inspector, url, data[:9000], 0) for _ in range(4)))
    assert {answer.status_code for answer in first} <= {204, 409}
    last = await asyncio.gather(*(uploads.patch(inspector, url, data[9000:], 9000) for _ in range(4)))
    assert all(answer.status_code in (204, 409) for answer in last)
    assert (await uploads.head(inspector, url)).headers["x-photo-sha256"] == uploads.sha256(data)
    assert await rows(district, Photo) == before + 1
    assert await stored_keys(district, "uploads/") == set()


async def test_known_bytes_again_get_a_receipt_and_are_kept_once(sign_in: SignIn, district: District) -> None:
    inspector, second = await sign_in("inspector"), await sign_in("inspector2")
    data, before = photos.jpeg(), await rows(district, Photo)
    answers = await asyncio.gather(*(uploads.send(who, data) for who in (inspector, second, inspector)))
    assert [answer.headers.get("x-photo-sha256") for answer in answers] == [uploads.sha256(data)] * 3
    assert await rows(district, Photo) == before + 1


async def test_known_holds_only_what_this_same_person_delivered(sign_in: SignIn) -> None:
    inspector, second = await sign_in("inspector"), await sign_in("inspector2")
    data = photos.jpeg()
    await uploads.send(inspector, data)
    asked = {"hashes": [uploads.sha256(data), "0" * 64]}
    assert (await inspector.post("/api/photos/known", json=asked)).json() == {
        "known": [uploads.sha256(data)],
        "wanted": ["0" * 64],
    }
    assert (await second.post("/api/photos/known", json=asked)).json()["known"] == []


BAD = [
    *((name, make, 415, "not-a-photo") for name, make in photos.NOT_PHOTOS.items()),
    *((name, make, 422, "undecodable") for name, make in photos.UNDECODABLE.items()),
    *((name, make, 413, "too-large") for name, make in photos.TOO_MANY_PIXELS.items()),
]


@on_one_database
async def test_r86_what_is_no_photo_is_refused_with_a_reason_and_nothing_is_left(
    sign_in: SignIn, district: District
) -> None:
    inspector = await sign_in("inspector")
    before = await stored_keys(district)
    for name, make, status, code in BAD:
        data = make()
        url = (await uploads.create(inspector, data)).headers["location"]
        half = len(data) // 2
        if half:
            await uploads.patch(inspector, url, data[:half], 0)
        answer = await uploads.patch(inspector, url, data[half:], half)
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}"), name
        assert (await uploads.head(inspector, url)).status_code == 404, name
        assert (await inspector.get(f"/api/photos/{uploads.sha256(data)}")).status_code == 404, name
    assert await stored_keys(district) == before
    assert await rows(district, Upload) == 0


async def test_bytes_that_are_not_their_hash_are_refused(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    before = await stored_keys(district)
    answer = await uploads.send(inspector, data + b"x", claim=uploads.sha256(data))
    assert (answer.status_code, answer.json()["type"]) == (460, "/problems/hash-differs")
    assert await stored_keys(district) == before


@on_one_database
async def test_r86_every_kind_of_photo_is_taken_whatever_its_name(sign_in: SignIn) -> None:
    inspector = await sign_in("inspector")
    for name, make in photos.GOOD.items():
        data = make()
        answer = await uploads.send(inspector, data)
        assert answer.headers.get("x-photo-sha256") == uploads.sha256(data), (name, answer.text)
        # Each copy of a kind that does not stream costs a process; how they look is the unit tests' matter.
        for copy in ("thumbnail", "declaration") if name != "heic" else ("thumbnail", "screen", "stamped"):
            got = await inspector.get(f"/api/photos/{uploads.sha256(data)}/{copy}")
            assert (got.status_code, got.content[:3]) == (200, b"\xff\xd8\xff"), (name, copy)


@on_one_database
@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 412, "tus-version"),
        ({"Tus-Resumable": "0.2.2"}, 412, "tus-version"),
        (TUS, 422, "bad-metadata"),
        (TUS | {"Upload-Length": "-1"}, 422, "bad-metadata"),
        (TUS | {"Upload-Length": "100"}, 422, "bad-metadata"),
        (TUS | {"Upload-Length": "100", "Upload-Metadata": "sha256 ###"}, 422, "bad-metadata"),
        (TUS | {"Upload-Length": "100", "Upload-Metadata": uploads.metadata("abc")}, 422, "bad-metadata"),
        (
            TUS | {"Upload-Length": "9", "Upload-Metadata": uploads.metadata("0" * 64, takenAt="2026-11-24T09:00:00")},
            422,
            "bad-metadata",
        ),
        (TUS | {"Upload-Length": "0", "Upload-Metadata": uploads.metadata("0" * 64)}, 422, "empty-upload"),
        (
            TUS | {"Upload-Length": str(LARGEST_BYTES + 1), "Upload-Metadata": uploads.metadata("0" * 64)},
            413,
            "too-large",
        ),
    ],
)
async def test_what_cannot_be_begun(sign_in: SignIn, headers: dict[str, str], status: int, code: str) -> None:
    answer = await (await sign_in("inspector")).post("/api/uploads", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")


async def test_numbers_that_are_no_position_do_not_lose_the_photo(sign_in: SignIn) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    answer = await uploads.send(inspector, data, lat="nan", lon="1e99", accuracyM="-", takenAt="")
    assert answer.status_code == 204
    told = (await inspector.get(f"/api/photos/{uploads.sha256(data)}")).json()
    assert told["shots"][0]["fix"] is None


async def test_an_upload_is_its_owner_s_and_ends_with_its_time(sign_in: SignIn, district: District) -> None:
    inspector, second, data = await sign_in("inspector"), await sign_in("inspector2"), photos.jpeg()
    url = (await uploads.create(inspector, data)).headers["location"]
    assert (await uploads.head(second, url)).status_code == 404
    assert (await uploads.patch(second, url, data, 0)).status_code == 404
    assert (await second.delete(url, headers=TUS)).status_code == 404
    async with district.database.writing() as session:
        upload = await session.get_one(Upload, url.rsplit("/", 1)[1])
        upload.expires_at = clock.now() - timedelta(seconds=1)
    assert (await uploads.head(inspector, url)).status_code == 404
    assert (await uploads.patch(inspector, url, data, 0)).status_code == 404


async def test_more_than_was_announced_is_refused(sign_in: SignIn) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    url = (await uploads.create(inspector, data)).headers["location"]
    answer = await uploads.patch(inspector, url, data + b"more", 0)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/upload-overflow")
    assert (await uploads.patch(inspector, url, data, 0)).status_code == 204


async def test_a_creation_whose_answer_was_lost_is_the_same_upload_again(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    told = {"takenAt": "2026-11-20T01:00:00+00:00"}
    first, again = [(await uploads.create(inspector, data, **told)).headers["location"] for _ in range(2)]
    assert again == first
    other = (await uploads.create(inspector, data, takenAt="2026-11-21T01:00:00+00:00")).headers["location"]
    assert other != first  # the same picture from another day
    foreign = (await uploads.create(await sign_in("inspector2"), data, **told)).headers["location"]
    assert foreign != first
    assert (await uploads.patch(inspector, first, data[:10], 0)).status_code == 204
    begun = await uploads.create(inspector, data, **told)
    assert (begun.headers["location"] != first, begun.headers["upload-offset"]) == (True, "0")
    assert await rows(district, Upload) == 4


async def test_an_upload_can_be_given_up_and_a_receipted_photo_stays(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    url = (await uploads.create(inspector, data)).headers["location"]
    await uploads.patch(inspector, url, data[:100], 0)
    assert (await inspector.delete(url, headers=TUS)).status_code == 204
    assert (await uploads.head(inspector, url)).status_code == 404
    assert await stored_keys(district, "uploads/") == set()
    url = (await uploads.create(inspector, data)).headers["location"]
    await uploads.patch(inspector, url, data, 0)
    assert (await inspector.delete(url, headers=TUS)).status_code == 204
    assert (await inspector.get(f"/api/photos/{uploads.sha256(data)}")).status_code == 200


async def test_options_tell_what_it_can_do(client: httpx.AsyncClient) -> None:
    answer = await client.options("/api/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "expiration",
        "termination",
    }


async def test_who_is_signed_out_or_only_reads_sends_nothing(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    data = photos.jpeg()
    assert (await uploads.create(client, data)).status_code == 401
    assert (await uploads.create(await sign_in("civility"), data)).status_code == 403
