"""The people of the demo district at work: what tests do over HTTP, in one line each."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from server import clock
from tests.factories import uploads
from tests.factories.inspections import Json, inspection, instant, new_id
from tests.fixtures.photos import jpeg

SMALL = (160, 120)


class Crew:
    """Signed-in clients by login, and the pack that the first inspector carries."""

    def __init__(self, sign_in: Callable[[str], Awaitable[httpx.AsyncClient]]) -> None:
        self._sign_in = sign_in
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._pack: Json = {}

    def again(self) -> Crew:
        """The same people, who sign in anew (a desk's session has ended by then)."""
        return Crew(self._sign_in)

    def sign_out(self) -> None:
        """From now on everybody signs in anew."""
        self._clients.clear()

    async def of(self, login: str) -> httpx.AsyncClient:
        """That person's browser."""
        if login not in self._clients:
            self._clients[login] = await self._sign_in(login)
        return self._clients[login]

    async def get(self, login: str, url: str, **params: Any) -> Any:
        """What that person reads at an address; it must be there."""
        answer = await (await self.of(login)).get(url, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def status(self, login: str, url: str) -> int:
        """The status that person gets at an address."""
        return (await (await self.of(login)).get(url)).status_code

    async def pack(self) -> Json:
        """The inspector's pack of this month, as it was at the start."""
        if not self._pack:
            self._pack = await self.get("inspector", "/api/phone")
        return self._pack

    async def site(self, code: str) -> Json:
        found: Json = next(site for site in (await self.pack())["sites"] if site["code"] == code)
        return found

    async def version(self, code: str) -> Json:
        found: Json = next(one for one in (await self.pack())["templateVersions"] if one["code"] == code)
        return found

    async def unit(self, name: str) -> str:
        """The id of a unit."""
        found: str = next(unit["id"] for unit in (await self.pack())["units"] if unit["name"] == name)
        return found

    async def person(self, login: str) -> str:
        """The id of a person."""
        found: str = (await self.get(login, "/api/session"))["id"]
        return found

    async def body(self, site: str = "YL-03", template: str | None = None, **how: Any) -> Json:
        """An inspection of a site with its checklist (the room's own where it is a science room)."""
        code = template or ("KY" if site.startswith("KP") else "YL")
        return inspection(await self.site(site), await self.version(code), **how)

    async def put(
        self, body: Json, *, by: str = "inspector", inspection_id: str | None = None, **headers: str
    ) -> httpx.Response:
        """Send an inspection."""
        url = f"/api/inspections/{inspection_id or new_id()}"
        return await (await self.of(by)).put(url, json=body, headers=headers)

    async def submit(self, site: str = "YL-03", *, by: str = "inspector", **how: Any) -> Json:
        """Make and send an inspection; its receipt."""
        answer = await self.put(await self.body(site, **how), by=by)
        assert answer.status_code == 201, answer.text
        receipt: Json = answer.json()
        return receipt

    async def found(self, item: str = "YL-B01", site: str = "YL-03", *, by: str = "inspector", **how: Any) -> str:
        """The id of the task that a new sighting goes to."""
        receipt = await self.submit(site, by=by, failing=[item], **how)
        task_id: str = next(finding["taskId"] for finding in receipt["findings"] if finding["item"] == item)
        return task_id

    async def step(self, login: str, task_id: str, action: str, **fields: Any) -> httpx.Response:
        """Take a step on a task."""
        step = {"id": new_id(), "at": instant(clock.now()), "action": action, **fields}
        return await (await self.of(login)).post(f"/api/tasks/{task_id}/actions", json=step)

    async def did(self, login: str, task_id: str, action: str, **fields: Any) -> Json:
        """Take a step that must be allowed; its answer."""
        answer = await self.step(login, task_id, action, **fields)
        assert answer.status_code == 200, (action, answer.text)
        taken: Json = answer.json()
        return taken

    async def task(self, task_id: str, login: str = "office") -> Json:
        """One task as that person sees it."""
        found: Json = await self.get(login, f"/api/tasks/{task_id}")
        return found

    async def opened(self, item: str = "YL-B01", site: str = "YL-03", **how: Any) -> str:
        """A confirmed task."""
        task_id = await self.found(item, site, **how)
        await self.did("office", task_id, "confirm")
        return task_id

    async def replied(self, item: str = "YL-B01", site: str = "YL-03", *, by: str = "health", **how: Any) -> str:
        """A task that its unit replied to."""
        task_id = await self.opened(item, site, **how)
        await self.did(by, task_id, "reply", text="已整改到位", measure="补贴标识")
        return task_id

    async def closed(self, item: str = "YL-B01", site: str = "YL-03", **how: Any) -> str:
        """A task that was struck off with a photo."""
        task_id = await self.replied(item, site, **how)
        photo = await self.photo("inspector2", seed=len(task_id) + ord(task_id[-1]))
        await self.did("inspector2", task_id, "strike_off", note="已复查", photos=[photo])
        return task_id

    async def photo(self, login: str, *, seed: int = 1) -> str:
        """Deliver a photo; its hash."""
        content = jpeg(seed, SMALL)
        answer = await uploads.send(await self.of(login), content, takenAt=instant(clock.now()))
        assert answer.headers.get("x-photo-sha256"), answer.text
        return hashlib.sha256(content).hexdigest()


def absent_photo(word: str = "never sent") -> str:
    """The hash of a photo that nobody delivers."""
    return hashlib.sha256(word.encode()).hexdigest()


def problem(answer: httpx.Response) -> str:
    """The code of a problem answer."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).removeprefix("/problems/")


def pointers(answer: httpx.Response) -> list[str]:
    """Where the errors of a 422 point to."""
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]
