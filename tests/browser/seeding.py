"""Findings that stand in the queue already: handed in over HTTP, as phones would have."""

from __future__ import annotations

from contextlib import closing
from itertools import cycle

import httpx

from tests.factories.inspections import Json, inspection, new_id
from tests.servers.app import AppServer

_EACH = 12


def hand_in(server: AppServer, count: int) -> list[str]:
    """So many findings at the district's clinics; the ids of their tasks."""
    with closing(server.sign_in("inspector")) as inspector:
        pack = inspector.get("/api/phone").json()
        version = next(one for one in pack["templateVersions"] if one["code"] == "YL")
        clinics = [site for site in pack["sites"] if site["code"].startswith("YL")]
        items = [item["code"] for item in version["items"] if item["type"] == "yn" and not item["when"]][:_EACH]
        tasks: list[str] = []
        for site, left in zip(cycle(clinics), range(count, 0, -len(items)), strict=False):
            tasks += _submit(inspector, inspection(site, version, failing=items[:left]))
    return tasks


def _submit(inspector: httpx.Client, body: Json) -> list[str]:
    answer = inspector.put(f"/api/inspections/{new_id()}", json=body)
    assert answer.status_code == 201, answer.text
    return [finding["taskId"] for finding in answer.json()["findings"]]
