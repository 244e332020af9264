"""Documents as a phone builds them: an inspection of a site, all passing but for the items that are to fail."""

from __future__ import annotations

import datetime
import itertools
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from server import clock

Json = dict[str, Any]
_counter = itertools.count(1)


def new_id() -> str:
    """An id as a phone mints it: a UUIDv7 of now, never given out twice."""
    head = (int(clock.now().timestamp() * 1000) << 16 | 0x7000 | next(_counter) & 0xFFF) & ((1 << 64) - 1)
    return str(uuid.UUID(int=head << 64 | 0x8 << 60 | uuid.uuid4().int >> 4 & ((1 << 60) - 1)))


def instant(at: datetime.datetime) -> str:
    """An instant as a phone in Shanghai writes it, in whole seconds."""
    return at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")


def inspection(
    site: Mapping[str, Any],
    version: Mapping[str, Any],
    *,
    failing: Collection[str] = (),
    photos: Mapping[str, list[str]] | None = None,
    finished_at: datetime.datetime | None = None,
    **changes: Any,
) -> Json:
    """The body of `PUT /api/inspections/{id}`. Site and version are those of the phone's pack.

    `photos` maps an item to the hashes of its photos; `changes` replaces fields of the body.
    """
    end = finished_at or clock.now()
    body = {
        "visitId": None,
        "siteId": site["id"],
        "templateVersionId": version["id"],
        "startedAt": instant(end - datetime.timedelta(minutes=25)),
        "finishedAt": instant(end),
        "position": {**site["position"], "accuracyM": 12.0, "at": instant(end)},
        "device": {"id": "a phone", "appVersion": "0.1.0"},
        "answers": answers(site, version, failing=failing, photos=photos or {}, on=clock.shanghai_date(end)),
        "guidance": "已当场指导",
    }
    return body | changes


def no_access(site: Mapping[str, Any], version: Mapping[str, Any], **changes: Any) -> Json:
    """The body of an inspection that could not get in."""
    return inspection(
        site, version, **{"outcome": "no_access", "answers": [], "guidance": "大门上锁，电话无人接听", **changes}
    )


def answers(
    site: Mapping[str, Any],
    version: Mapping[str, Any],
    *,
    on: datetime.date,
    failing: Collection[str] = (),
    photos: Mapping[str, list[str]] | None = None,
) -> list[Json]:
    """One answer for each item that this site is asked, in the order of the checklist."""
    unknown = set(failing) - {item["code"] for item in version["items"]}
    assert not unknown, unknown
    values: Json = {}
    made = []
    for item in version["items"]:
        code = item["code"]
        if item["type"] == "auto" or not _is_asked(item, site["kind"], values):
            continue
        values[code] = failing_value(item) if code in failing else passing_value(item, site["kind"], on)
        note = f"{code} 不符合要求" if code in failing else ("现场环境正常" if item["type"] == "photo" else "")
        made.append({"item": code, "value": values[code], "note": note, "photos": (photos or {}).get(code, [])})
    return made


def _is_asked(item: Mapping[str, Any], kind: str, values: Json) -> bool:
    if item["appliesTo"] and kind not in item["appliesTo"]:
        return False
    when = item["when"]
    if when is None:
        return True
    holds = [_holds(test, values) for test in when["of"]]
    return all(holds) if when["op"] == "all" else any(holds)


def _holds(test: Mapping[str, Any], values: Json) -> bool:
    value = values.get(test["item"])
    if test["op"] == "equals":
        return bool(value == test["value"])
    return value is not None and value > test["value"]


def passing_value(item: Mapping[str, Any], kind: str, on: datetime.date) -> Any:
    """An answer that passes, or counts for nothing where nothing is asked."""
    rule = item["pass"]
    if rule["op"] == "byKind":
        rule = rule["rules"][kind]
    if item["type"] in ("yn", "ynNa"):
        return True
    if item["type"] == "one":
        return rule["value"] if rule["op"] == "equals" else item["options"][0]["value"]
    if item["type"] == "date":
        return on.isoformat()
    if item["type"] != "num":
        return None
    numbers = {"equals": rule.get("value"), "record": 0, "ratio": 50, "per100": 5000}
    return numbers.get(rule["op"], rule.get("n"))


def failing_value(item: Mapping[str, Any]) -> Any:
    """An answer that fails."""
    simple: Json = {"yn": False, "ynNa": False, "one": "no", "date": "unsure", "photo": None}
    if item["type"] in simple:
        return simple[item["type"]]
    return 1 if item["pass"].get("value") == 0 else 0


def shuffled(value: Any) -> Any:
    """The same JSON value with every object's keys in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key]) for key in reversed(list(value))}
    return [shuffled(one) for one in value] if isinstance(value, list) else value
