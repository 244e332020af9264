"""Signing in and out, roles, passwords, and sessions that end at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import func, select, update

from server import clock
from server.auth import sessions
from server.district import District
from storage.database.models import Person, Post, Session, SignInFailure
from tests.conftest import SignIn, new_client
from tests.districts import DEMO_PASSWORD
from tests.factories.crew import Crew, problem
from tests.integration.conftest import Travel

NEW_PASSWORD = "湘江北去-2026"


async def attempt(
    client: httpx.AsyncClient, login: str, password: str = "wrong-password", **more: object
) -> httpx.Response:
    return await client.post("/api/session", json={"login": login, "password": password, **more})


async def who(client: httpx.AsyncClient) -> int:
    return (await client.get("/api/session")).status_code


async def test_signing_in_answers_the_person_and_sets_a_cookie_that_scripts_cannot_read(
    client: httpx.AsyncClient,
) -> None:
    answer = await attempt(client, " health ", DEMO_PASSWORD)
    me = answer.json()
    assert (me["login"], me["name"], me["unitName"]) == ("health", "区卫计局联络员", "区卫计局")
    assert (set(me["roles"]), me["mustChangePassword"]) == ({"liaison", "data_officer"}, False)
    cookies = {text.split("=")[0]: text for text in answer.headers.get_list("set-cookie")}
    assert set(cookies) == {"__Host-sid", "__Host-device"}
    for text in cookies.values():
        flags = {part.strip().lower() for part in text.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)


async def test_the_database_keeps_no_token(sign_in: SignIn, district: District) -> None:
    person = await sign_in("inspector")
    token = person.cookies["__Host-sid"]
    async with district.database.reading() as session:
        kept = (await session.scalars(select(Session.token_sha256))).all()
    assert kept == [sessions.token_digest(token)]


@pytest.mark.parametrize("login", ["health", "nobody"])
async def test_a_wrong_password_and_an_unknown_login_are_not_told_apart(client: httpx.AsyncClient, login: str) -> None:
    answer = await attempt(client, login)
    assert (answer.status_code, problem(answer)) == (401, "bad-credentials")
    assert await who(client) == 401


async def test_the_first_five_failures_cost_nothing_then_each_wait_is_longer(
    client: httpx.AsyncClient, travel: Travel
) -> None:
    for _ in range(5):
        assert (await attempt(client, "health")).status_code == 401
    waits = []
    for _ in range(3):
        refused = await attempt(client, "health", DEMO_PASSWORD)
        assert (refused.status_code, problem(refused)) == (429, "too-many-attempts")
        waits.append(int(refused.headers["Retry-After"]))
        travel(timedelta(seconds=waits[-1]))
        assert (await attempt(client, "health")).status_code == 401
    assert waits == sorted(waits)
    assert waits[0] <= 30 < waits[1] <= 60 < waits[2] <= 120
    travel(timedelta(seconds=240))
    assert (await attempt(client, "health", DEMO_PASSWORD)).status_code == 200


async def test_a_known_device_is_not_locked_out_by_guessing_elsewhere(app: Litestar, sign_in: SignIn) -> None:
    own = await sign_in("health")
    colleague = await sign_in("street")
    async with new_client(app) as stranger:
        for _ in range(5):
            await attempt(stranger, "health")
        assert (await attempt(stranger, "health", DEMO_PASSWORD)).status_code == 429
        # a device that is known for somebody else is a stranger to this account
        assert (await attempt(colleague, "health", DEMO_PASSWORD)).status_code == 429
    await own.delete("/api/session")
    assert (await attempt(own, "health", DEMO_PASSWORD)).status_code == 200


async def test_a_shared_phone_is_known_for_each_of_its_people(app: Litestar, sign_in: SignIn) -> None:
    phone = await sign_in("inspector")
    assert (await attempt(phone, "inspector2", DEMO_PASSWORD)).status_code == 200
    async with new_client(app) as stranger:
        for _ in range(5):
            await attempt(stranger, "inspector")
            await attempt(stranger, "inspector2")
    for login in ("inspector", "inspector2"):
        assert (await attempt(phone, login, DEMO_PASSWORD)).status_code == 200


async def test_at_most_twenty_passwords_an_hour_are_checked_even_from_a_known_device(
    sign_in: SignIn, travel: Travel, district: District
) -> None:
    own = await sign_in("health")
    checked = 0
    for _ in range(60):
        checked += (await attempt(own, "health")).status_code == 401
        travel(timedelta(seconds=30))
    assert checked <= 20
    async with district.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(SignInFailure)) == checked


async def test_a_signed_out_and_a_revoked_session_are_dead_at_the_next_request(crew: Crew, sign_in: SignIn) -> None:
    lost = await sign_in("inspector")
    assert await who(lost) == 200
    person = await crew.person("inspector")
    ended = await (await crew.of("admin")).delete(f"/api/people/{person}/sessions")
    assert ended.status_code == 204
    assert await who(lost) == 401
    assert await who(await crew.of("inspector")) == 401
    assert await who(await sign_in("inspector")) == 200


async def test_a_disabled_person_and_one_without_a_post_are_out_at_the_next_request(
    crew: Crew, district: District
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    disabled, resigned = await crew.person("street"), await crew.person("health")
    async with district.database.writing() as session:
        await session.execute(update(Person).where(Person.id == disabled).values(disabled_at=clock.now()))
        await session.execute(update(Post).where(Post.person_id == resigned).values(valid_until=yesterday))
    for login in ("street", "health"):
        client = await crew.of(login)
        assert await who(client) == 401
        assert problem(await attempt(client, login, DEMO_PASSWORD)) == "bad-credentials"


async def test_a_changed_password_ends_the_other_sessions(sign_in: SignIn, client: httpx.AsyncClient) -> None:
    here, elsewhere = await sign_in("health"), await sign_in("health")
    wrong = await here.post("/api/session/password", json={"current": "not-it", "new": NEW_PASSWORD})
    assert (wrong.status_code, problem(wrong)) == (401, "bad-credentials")
    for weak in ("short", "12345678", "health"):
        answer = await here.post("/api/session/password", json={"current": DEMO_PASSWORD, "new": weak})
        assert (answer.status_code, problem(answer)) == (422, "weak-password"), weak
    changed = await here.post("/api/session/password", json={"current": DEMO_PASSWORD, "new": NEW_PASSWORD})
    assert changed.status_code == 204
    assert (await who(here), await who(elsewhere)) == (200, 401)
    assert (await attempt(client, "health", DEMO_PASSWORD)).status_code == 401
    assert (await attempt(client, "health", NEW_PASSWORD)).status_code == 200


async def give_one_time(crew: Crew, login: str) -> str:
    person = await crew.person(login)
    answer = await (await crew.of("admin")).post(f"/api/people/{person}/one-time-password")
    assert answer.status_code == 200, answer.text
    password: str = answer.json()["password"]
    return password


async def test_a_one_time_password_opens_one_session_and_must_be_changed(crew: Crew, app: Litestar) -> None:
    open_before = await crew.of("health")
    password = await give_one_time(crew, "health")
    async with new_client(app) as first, new_client(app) as second:
        signed = await attempt(first, "health", password)
        assert (signed.status_code, signed.json()["mustChangePassword"]) == (200, True)
        assert await who(open_before) == 401
        assert (await attempt(second, "health", password)).status_code == 401
        changed = await first.post("/api/session/password", json={"current": "forgotten", "new": NEW_PASSWORD})
        assert changed.status_code == 204
        assert (await first.get("/api/session")).json()["mustChangePassword"] is False
        again = await first.post("/api/session/password", json={"current": "forgotten", "new": NEW_PASSWORD})
        assert again.status_code == 401


async def test_guessing_the_current_password_is_counted_with_the_sign_ins(
    sign_in: SignIn, client: httpx.AsyncClient, travel: Travel
) -> None:
    """Who finds an open session learns no password from it, and a guess here costs one there."""
    here = await sign_in("health")
    del here.cookies["__Host-device"]

    async def change(current: str, new: str = NEW_PASSWORD) -> httpx.Response:
        return await here.post("/api/session/password", json={"current": current, "new": new})

    assert (await attempt(client, "health")).status_code == 401
    for _ in range(4):
        assert (await change("not-it")).status_code == 401
    refused = await change(DEMO_PASSWORD)
    assert (refused.status_code, problem(refused)) == (429, "too-many-attempts")
    assert (await attempt(client, "health", DEMO_PASSWORD)).status_code == 429
    travel(timedelta(seconds=int(refused.headers["Retry-After"])))
    assert (await change(DEMO_PASSWORD, "short")).status_code == 422
    assert (await change(DEMO_PASSWORD)).status_code == 204, "the right one begins the count anew"


async def test_many_guesses_at_once_are_all_counted(sign_in: SignIn) -> None:
    here = await sign_in("health")
    del here.cookies["__Host-device"]
    body = {"current": "not-it", "new": NEW_PASSWORD}
    answers = await asyncio.gather(*(here.post("/api/session/password", json=body) for _ in range(9)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 4


async def test_a_one_time_password_ends_after_fifteen_minutes(crew: Crew, app: Litestar, travel: Travel) -> None:
    password = await give_one_time(crew, "health")
    travel(timedelta(minutes=15))
    async with new_client(app) as client:
        assert (await attempt(client, "health", password)).status_code == 401


async def test_r8_a_person_with_several_roles_acts_in_the_chosen_one(
    crew: Crew, district: District, sign_in: SignIn
) -> None:
    async with district.database.writing() as session:
        person = (await session.scalars(select(Person).where(Person.login == "inspector"))).one()
        office = (await session.scalars(select(Post).where(Post.role == "office"))).one()
        session.add(
            Post(
                id="01900000-0000-7000-8000-000000000001",
                person_id=person.id,
                unit_id=office.unit_id,
                role="office",
                valid_from=clock.today(),
            )
        )
    client = await sign_in("inspector")
    assert (await client.get("/api/session")).json()["role"] == "inspector"
    assert (await client.get("/api/photo-uses/owed")).status_code == 403
    chosen = await client.patch("/api/session", json={"role": "office"})
    assert (chosen.json()["role"], chosen.json()["unitName"]) == ("office", "社事办")
    assert (await client.get("/api/photo-uses/owed")).status_code == 200
    assert (await client.get("/api/session")).json()["role"] == "office"
    refused = await client.patch("/api/session", json={"role": "admin"})
    assert (refused.status_code, problem(refused)) == (403, "role-not-held")


async def test_a_desk_session_ends_idle_and_a_phones_lasts(app: Litestar, sign_in: SignIn, travel: Travel) -> None:
    desk = await sign_in("office")
    async with new_client(app) as phone, new_client(app) as pretender:
        assert (await attempt(phone, "inspector", DEMO_PASSWORD, phone=True)).status_code == 200
        assert (await attempt(pretender, "office", DEMO_PASSWORD, phone=True)).status_code == 200
        travel(timedelta(minutes=29))
        assert await who(desk) == 200
        travel(timedelta(minutes=29))
        assert await who(desk) == 200
        travel(timedelta(minutes=30))
        assert (await who(desk), await who(pretender), await who(phone)) == (401, 401, 200)
        travel(timedelta(days=29))
        assert await who(phone) == 200
        travel(timedelta(days=30))
        assert await who(phone) == 401


async def test_a_page_that_only_asks_for_news_keeps_no_session_alive(sign_in: SignIn, travel: Travel) -> None:
    office = await sign_in("office")
    for _ in range(3):
        assert (await office.get("/api/pulse")).status_code == 200
        travel(timedelta(minutes=10))
    travel(timedelta(minutes=1))
    assert (await office.get("/api/pulse")).status_code == 401


async def test_a_desk_session_ends_after_twelve_hours_of_work(sign_in: SignIn, travel: Travel) -> None:
    desk = await sign_in("office")
    for _ in range(35):
        travel(timedelta(minutes=20))
        assert await who(desk) == 200
    travel(timedelta(minutes=21))
    assert await who(desk) == 401


async def test_the_demo_password_opens_nothing_outside_the_demo_district(district: District) -> None:
    from schemas.auth import SignIn as Asked
    from server.auth.errors import BadCredentials
    from server.auth.service import Origin, sign_in

    asked = Asked(login="office", password=DEMO_PASSWORD)
    with pytest.raises(BadCredentials):
        await sign_in(district.database, asked, origin=Origin("127.0.0.1", None), demo=False)
