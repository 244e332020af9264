"""What no input may carry, whatever struct it is."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from schemas.inspections import InspectionIn
from schemas.tasks import TaskStep
from tests.factories.inspections import new_id

STEP = {"id": new_id(), "at": "2026-11-24T09:00:00+08:00", "action": "void", "reason": "误判"}


def decode(**changes: Any) -> TaskStep:
    return msgspec.json.decode(json.dumps({**STEP, **changes}), type=TaskStep)


def test_a_step_as_the_phone_builds_it_is_taken() -> None:
    step = decode(photos=["0" * 64], dueOn="2026-12-01")
    assert (step.action, step.reason, step.version) == ("void", "误判", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "a\0b"},
        {"at": "2026-11-24T09:00:00"},
        {"at": "0001-01-01T00:00:00+08:00"},
        {"at": "9999-12-31T23:59:59-08:00"},
        {"dueOn": "0001-01-01"},
        {"dueOn": "9999-12-31"},
        {"dueOn": "2026-02-30"},
        {"id": "x"},
        {"id": STEP["id"] + "\n"},
        {"id": str(STEP["id"]).upper()},
        {"photos": ["0" * 63]},
        {"photos": ["0" * 64 + "\n"]},
        {"photos": ["0" * 64] * 61},
        {"action": "delete"},
        {"severity": "terrible"},
        {"reason": "x" * 4001},
        {"surprise": True},
        {"shots": [{"sha256": "0" * 64, "takenAt": "0001-01-01T00:00:00Z"}]},
    ],
    ids=str,
)
def test_a_step_of_the_wrong_shape_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(**changes)


def test_the_place_of_what_is_wrong_is_named_as_the_client_wrote_it() -> None:
    with pytest.raises(msgspec.ValidationError, match="dueOn"):
        decode(dueOn="0001-01-01")
    with pytest.raises(msgspec.ValidationError, match=r"finishedAt"):
        msgspec.json.decode(b'{"siteId": "%s"}' % str(STEP["id"]).encode(), type=InspectionIn) if False else _finished()


def _finished() -> InspectionIn:
    body = {
        "siteId": STEP["id"], "templateVersionId": STEP["id"], "startedAt": STEP["at"],
        "finishedAt": "0001-01-01T00:00:00+08:00", "device": {"id": "a", "appVersion": "1"}, "answers": [],
    }  # fmt: skip
    return msgspec.convert(body, InspectionIn)
