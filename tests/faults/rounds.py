"""The main job as load: found, confirmed, replied to and struck off, with its photos, on one site after another."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
from collections.abc import Callable

from server import clock
from tests.factories import uploads
from tests.factories.inspections import Json, inspection, instant, new_id
from tests.faults.phone import Ledger, Phone, sign_in, small_photo
from tests.servers.app import AppServer, person

LOGINS = ("inspector", "inspector2", "office", "health")


class Rounds:
    """Workers that each own a site, so that every step of theirs is allowed."""

    def __init__(self, server: AppServer, *, through: str | None = None, seed: int = 1) -> None:
        self.ledger = Ledger()
        self._dice = random.Random(seed)
        self._cookies = {login: sign_in(server.url, login) for login in LOGINS}
        with contextlib.closing(person(server.url, "inspector")) as client:
            pack = client.get("/api/phone").json()
        self.version: Json = next(one for one in pack["templateVersions"] if one["code"] == "YL")
        self.sites: list[Json] = [site for site in pack["sites"] if site["code"].startswith("YL")]
        self._url, self._one_each = through or server.url, through is not None
        self.done = 0

    async def drive(self, go_on: Callable[[], bool], *, workers: int = 8) -> None:
        """Rounds, one after another and `workers` at a time, as long as `go_on` says so; each is finished."""
        phones = {
            login: Phone(self._url, cookie, self.ledger, self._dice, one_request_each=self._one_each)
            for login, cookie in self._cookies.items()
        }
        try:
            async with asyncio.TaskGroup() as group:
                for site in self.sites[:workers]:
                    group.create_task(self._work(phones, site, go_on))
        finally:
            for phone in phones.values():
                await phone.close()

    async def _work(self, phones: dict[str, Phone], site: Json, go_on: Callable[[], bool]) -> None:
        for item in itertools.cycle(self.items(site)):
            if not go_on():
                return
            await self._round(phones, site, item)
            self.done += 1

    def items(self, site: Json) -> list[str]:
        """The items of this site whose fault a unit puts right and proves with photos."""
        return [
            item["code"]
            for item in self.version["items"]
            if item["type"] == "yn" and item["closing"] == "evidence" and item["unitType"] == "medical"
            and item["when"] is None and (not item["appliesTo"] or site["kind"] in item["appliesTo"])
        ]  # fmt: skip

    async def _round(self, phones: dict[str, Phone], site: Json, item: str) -> None:
        finder = self._dice.choice(("inspector", "inspector2"))
        photos = [small_photo(), small_photo()]
        hashes = [uploads.sha256(photo) for photo in photos]
        body = inspection(site, self.version, failing=[item], photos={item: hashes})
        async with asyncio.TaskGroup() as group:
            sent = group.create_task(phones[finder].put_inspection(new_id(), body, finder))
            for photo in photos:
                group.create_task(phones[finder].deliver(photo))
        receipt = sent.result()
        task_id = receipt["findings"][0]["taskId"]
        await self._step(phones, "office", task_id, "confirm")
        await self._with_photo(phones, "health", task_id, "reply", text="已整改到位", measure="补贴标识")
        verifier = "inspector2" if finder == "inspector" else "inspector"
        await self._with_photo(phones, verifier, task_id, "strike_off", note="已复查")

    async def _step(self, phones: dict[str, Phone], login: str, task_id: str, action: str, **fields: object) -> None:
        step = {"id": new_id(), "at": instant(clock.now()), "action": action, **fields}
        await phones[login].step(task_id, step, login)

    async def _with_photo(
        self, phones: dict[str, Phone], login: str, task_id: str, action: str, **fields: object
    ) -> None:
        photo = small_photo()
        await phones[login].deliver(photo)
        await self._step(phones, login, task_id, action, photos=[uploads.sha256(photo)], **fields)
