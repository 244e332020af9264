"""Who may call what: every route and method for everybody, from one table."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from server.auth import roles
from server.auth.guards import Rule
from tests.districts import DEMO_PASSWORD
from tests.factories.crew import problem
from tests.factories.inspections import new_id
from tests.integration.conftest import House

ANYONE = None
SIGNED_IN = roles.ALL
READERS = roles.DISTRICT | roles.UNIT
FIELD = frozenset({roles.INSPECTOR, roles.SUPERVISOR, roles.OFFICE})
DELIVERERS = FIELD | roles.UNIT
ADMIN = frozenset({roles.ADMIN})
OFFICE = frozenset({roles.OFFICE})
LINK = frozenset({roles.REPLY_LINK})
POST_OFFICE = frozenset({roles.ADMIN, roles.OFFICE})

# One row for each method of each route: who gets past its door. Everybody else gets 403, strangers 401.
RULES: dict[tuple[str, str], frozenset[str] | None] = {
    ("GET", "/"): ANYONE,
    ("GET", "/{path}"): ANYONE,
    ("GET", "/health/live"): ANYONE,
    ("GET", "/health/ready"): ANYONE,
    ("POST", "/api/session"): ANYONE,
    ("GET", "/api/session"): SIGNED_IN,
    ("PATCH", "/api/session"): SIGNED_IN,
    ("DELETE", "/api/session"): SIGNED_IN,
    ("POST", "/api/session/password"): SIGNED_IN,
    ("POST", "/api/people/{person_id}/one-time-password"): ADMIN,
    ("DELETE", "/api/people/{person_id}/sessions"): ADMIN,
    ("GET", "/api/people"): frozenset({roles.ADMIN, roles.OFFICE}),
    ("GET", "/api/people/{person_id}"): POST_OFFICE,
    ("PUT", "/api/people/{person_id}"): ADMIN,
    ("PATCH", "/api/people/{person_id}"): ADMIN,
    ("POST", "/api/people/{person_id}/posts"): ADMIN,
    ("POST", "/api/people/{person_id}/close"): ADMIN,
    ("POST", "/api/people/{person_id}/open"): ADMIN,
    ("DELETE", "/api/people/{person_id}/sessions/{session_id}"): ADMIN,
    ("GET", "/api/handovers"): frozenset({roles.ADMIN, roles.OFFICE}),
    ("GET", "/api/handovers/preview"): frozenset({roles.ADMIN, roles.OFFICE}),
    ("POST", "/api/handovers"): frozenset({roles.ADMIN, roles.OFFICE}),
    ("GET", "/api/units"): SIGNED_IN,
    ("PUT", "/api/units/{unit_id}"): ADMIN,
    ("PATCH", "/api/units/{unit_id}"): ADMIN,
    ("POST", "/api/units/{unit_id}/name"): ADMIN,
    ("POST", "/api/units/{unit_id}/end"): ADMIN,
    ("GET", "/api/units/{unit_id}/ending"): ADMIN,
    ("GET", "/api/sites"): roles.DISTRICT | ADMIN,
    ("GET", "/api/site-register"): ADMIN,
    ("PUT", "/api/sites/{site_id}"): ADMIN,
    ("PATCH", "/api/sites/{site_id}"): ADMIN,
    ("POST", "/api/sites/{site_id}/close"): ADMIN,
    ("POST", "/api/sites/{site_id}/open"): ADMIN,
    ("GET", "/api/sites/{site_id}/sheet.pdf"): READERS,
    ("PUT", "/api/site-lists/read"): ADMIN,
    ("POST", "/api/site-lists/preview"): ADMIN,
    ("POST", "/api/site-lists/take"): ADMIN,
    ("GET", "/api/checklists"): roles.REVIEWERS,
    ("GET", "/api/checklists/versions/{version_id}"): roles.REVIEWERS,
    ("GET", "/api/checklists/versions/{version_id}/differences"): roles.REVIEWERS,
    ("GET", "/api/checklists/versions/{version_id}/xlsform"): roles.REVIEWERS,
    ("POST", "/api/checklists/forms"): OFFICE,
    ("GET", "/api/checklists/drafts/{code}"): roles.REVIEWERS,
    ("PUT", "/api/checklists/drafts/{code}"): OFFICE,
    ("DELETE", "/api/checklists/drafts/{code}"): OFFICE,
    ("POST", "/api/checklists/drafts/{code}/publish"): OFFICE,
    ("GET", "/api/pulse"): roles.DISTRICT | ADMIN | roles.UNIT,
    ("GET", "/api/phone"): READERS,
    ("GET", "/api/overview"): READERS,
    ("GET", "/api/board"): READERS,
    ("GET", "/api/summaries"): roles.DISTRICT,
    ("GET", "/api/summaries/own"): roles.UNIT,
    ("GET", "/api/summaries/versions"): READERS,
    ("GET", "/api/summaries/chase"): frozenset({roles.OFFICE}),
    ("PUT", "/api/summaries/{summary_id}"): roles.UNIT | {roles.OFFICE},
    ("POST", "/api/summaries/{summary_id}/decision"): frozenset({roles.OFFICE}),
    ("PUT", "/api/summary-templates/{template_id}"): frozenset({roles.OFFICE}),
    ("GET", "/api/summary-report"): roles.DISTRICT,
    ("GET", "/api/highlights"): READERS,
    ("PUT", "/api/highlights/{highlight_id}"): roles.UNIT,
    ("POST", "/api/highlights/{highlight_id}/verdict"): frozenset({roles.OFFICE}),
    ("GET", "/api/work-plans"): READERS,
    ("PUT", "/api/work-plans/{plan_id}"): roles.UNIT,
    ("GET", "/api/milestones"): READERS,
    ("POST", "/api/milestones/{milestone_id}/reached"): roles.UNIT,
    ("GET", "/api/decomposition"): READERS,
    ("GET", "/api/science-rooms"): READERS,
    ("GET", "/api/science-rooms/{site_id}"): READERS,
    ("PUT", "/api/science-rooms/{site_id}/records/{record_id}"): OFFICE | roles.UNIT,
    ("PUT", "/api/science-entries/{entry_id}"): OFFICE | roles.UNIT,
    ("POST", "/api/science-entries/{entry_id}/withdrawal"): OFFICE | roles.UNIT,
    ("PUT", "/api/decomposition-focus/{focus_id}"): OFFICE | roles.UNIT,
    ("PUT", "/api/decomposition-lines/{line_id}"): OFFICE | roles.UNIT,
    ("POST", "/api/decomposition/{month}/{indicator_code}/done"): roles.UNIT,
    ("GET", "/api/basis"): READERS,
    ("PUT", "/api/basis/{basis_id}"): frozenset({roles.OFFICE}),
    ("GET", "/api/basis/{basis_id}/scan"): READERS,
    ("GET", "/api/matrix"): READERS,
    ("PUT", "/api/matrix/duties/{duty_id}"): frozenset({roles.OFFICE}),
    ("POST", "/api/matrix/duties/{duty_id}/end"): frozenset({roles.OFFICE}),
    ("GET", "/api/matrix/editions"): READERS,
    ("POST", "/api/matrix/preview"): frozenset({roles.OFFICE}),
    ("PUT", "/api/matrix/editions/{edition_id}"): frozenset({roles.OFFICE}),
    ("GET", "/api/map"): READERS | ADMIN,
    ("GET", "/api/map/ground.pmtiles"): READERS | ADMIN,
    ("GET", "/api/map/sites"): READERS,
    ("GET", "/api/map/sites/{site_id}/photos"): READERS,
    ("GET", "/api/declaration-rounds"): READERS,
    ("GET", "/api/declaration-rounds/{round_id}"): READERS,
    ("PUT", "/api/declaration-rounds/{round_id}"): OFFICE,
    ("PUT", "/api/declaration-asks/{ask_id}"): OFFICE,
    ("POST", "/api/declaration-rounds/{round_id}/reopenings"): OFFICE,
    ("POST", "/api/declaration-rounds/{round_id}/reminders"): OFFICE,
    ("GET", "/api/declaration-rounds/{round_id}/package"): roles.REVIEWERS,
    ("GET", "/api/declaration-rounds/{round_id}/package.zip"): roles.REVIEWERS,
    ("GET", "/api/declaration-materials/{material_id}"): READERS,
    ("POST", "/api/declaration-materials/{material_id}/check"): OFFICE | roles.UNIT,
    ("PUT", "/api/declaration-materials/{material_id}/editions/{edition_id}"): OFFICE | roles.UNIT,
    ("POST", "/api/declaration-editions/{edition_id}/decision"): OFFICE,
    ("POST", "/api/declaration-materials/{material_id}/papers"): OFFICE,
    ("GET", "/api/declaration-materials/{material_id}/candidates"): OFFICE | roles.UNIT,
    ("GET", "/api/declaration-materials/{material_id}/pictures/{sha256}"): READERS,
    ("GET", "/api/declaration-materials/{material_id}/files/{sha256}"): READERS,
    ("PUT", "/api/declaration-files/{sha256}"): OFFICE | roles.UNIT,
    ("GET", "/api/rules"): POST_OFFICE,
    ("PATCH", "/api/rules"): ADMIN,
    ("GET", "/api/findings.csv"): READERS,
    ("GET", "/api/findings.geojson"): READERS,
    ("POST", "/api/photo-package"): roles.REVIEWERS,
    ("GET", "/api/photo-package.zip"): roles.REVIEWERS,
    ("GET", "/api/statistics"): roles.DISTRICT,
    ("GET", "/api/findings"): READERS,
    ("GET", "/api/search"): READERS,
    ("GET", "/api/findings/{finding_id}"): READERS,
    ("GET", "/api/tasks"): READERS,
    ("POST", "/api/tasks"): frozenset({roles.OFFICE}),
    ("GET", "/api/tasks/{task_id}"): READERS,
    ("POST", "/api/tasks/{task_id}/actions"): FIELD | roles.UNIT,
    ("POST", "/api/steps"): roles.REVIEWERS,
    ("PUT", "/api/rechecks/{recheck_id}"): FIELD,
    ("GET", "/api/rechecks"): roles.DISTRICT,
    ("GET", "/api/inspectors"): roles.DISTRICT,
    ("POST", "/api/rechecks/{recheck_id}/cancel"): FIELD,
    ("GET", "/api/visits"): roles.DISTRICT,
    ("PATCH", "/api/visits/{visit_id}"): roles.REVIEWERS,
    ("POST", "/api/visits/{visit_id}/cancel"): roles.REVIEWERS,
    ("PUT", "/api/visit-draws/{draw_id}"): roles.REVIEWERS,
    ("GET", "/api/visit-draws/{draw_id}"): roles.REVIEWERS,
    ("GET", "/api/visit-draws/{draw_id}/check"): roles.REVIEWERS,
    ("POST", "/api/visit-draws/{draw_id}/publish"): roles.REVIEWERS,
    ("GET", "/api/ledger.xlsx"): READERS,
    ("GET", "/api/imports"): roles.REVIEWERS,
    ("PUT", "/api/imports/{import_id}"): frozenset({roles.OFFICE}),
    ("GET", "/api/imports/{import_id}"): roles.REVIEWERS,
    ("PATCH", "/api/imports/{import_id}"): frozenset({roles.OFFICE}),
    ("DELETE", "/api/imports/{import_id}"): frozenset({roles.OFFICE}),
    ("GET", "/api/imports/{import_id}/rows"): roles.REVIEWERS,
    ("PATCH", "/api/imports/{import_id}/rows/{number}"): frozenset({roles.OFFICE}),
    ("POST", "/api/imports/{import_id}/columns"): frozenset({roles.OFFICE}),
    ("POST", "/api/imports/{import_id}/choice"): frozenset({roles.OFFICE}),
    ("POST", "/api/imports/{import_id}/pictures"): frozenset({roles.OFFICE}),
    ("POST", "/api/imports/{import_id}/takeover"): frozenset({roles.OFFICE}),
    ("GET", "/api/imports/{import_id}/original"): roles.REVIEWERS,
    ("GET", "/api/imports/{import_id}/return"): roles.REVIEWERS,
    ("GET", "/api/imports/{import_id}/return/file"): roles.REVIEWERS,
    ("POST", "/api/imports/{import_id}/returned"): frozenset({roles.OFFICE}),
    ("GET", "/api/calendar/{year}"): SIGNED_IN,
    ("PUT", "/api/calendar/{year}"): frozenset({roles.ADMIN, roles.OFFICE}),
    ("PUT", "/api/inspections/{inspection_id}"): FIELD,
    ("GET", "/api/inspections"): READERS,
    ("GET", "/api/inspections/{inspection_id}"): READERS,
    ("POST", "/api/inspections/{inspection_id}/confirm"): roles.REVIEWERS,
    ("GET", "/api/messages"): SIGNED_IN,
    ("GET", "/api/messages/unread"): SIGNED_IN,
    ("POST", "/api/messages/{message_id}/read"): SIGNED_IN,
    ("GET", "/api/inspections/{inspection_id}/feedback"): roles.DISTRICT,
    ("POST", "/api/feedback/{feedback_id}/paper"): frozenset({roles.OFFICE}),
    ("GET", "/api/reminders/text"): roles.REVIEWERS,
    ("GET", "/api/reminders/grid"): roles.REVIEWERS,
    ("POST", "/api/reminders"): roles.REVIEWERS,
    ("GET", "/api/reminders"): roles.REVIEWERS,
    ("GET", "/api/feedback"): roles.DISTRICT,
    ("POST", "/api/feedback/{feedback_id}/reminder"): frozenset({roles.OFFICE}),
    ("GET", "/api/message-owners"): POST_OFFICE,
    ("GET", "/api/message-targets"): POST_OFFICE,
    ("POST", "/api/message-targets"): POST_OFFICE,
    ("DELETE", "/api/message-targets/{target_id}"): POST_OFFICE,
    ("POST", "/api/message-targets/{target_id}/test"): POST_OFFICE,
    ("GET", "/api/outgoing"): POST_OFFICE,
    ("POST", "/api/outgoing/{outgoing_id}/retry"): POST_OFFICE,
    ("GET", "/api/proposals"): frozenset({roles.OFFICE, roles.SUPERVISOR, roles.GROUP_LEADER}),
    ("POST", "/api/letters/assignments"): frozenset({roles.OFFICE}),
    ("POST", "/api/letters/supervisions"): frozenset({roles.OFFICE}),
    ("POST", "/api/letters/approvals"): frozenset({roles.OFFICE}),
    ("POST", "/api/letters/reports"): frozenset({roles.OFFICE}),
    ("POST", "/api/letters/circulars"): OFFICE,
    ("POST", "/api/letters/notices"): OFFICE,
    ("GET", "/api/letters/{letter_id}/words"): OFFICE,
    ("PUT", "/api/letters/{letter_id}/words/circular"): OFFICE,
    ("PUT", "/api/letters/{letter_id}/words/notice"): OFFICE,
    ("POST", "/api/letters/{letter_id}/figures"): OFFICE,
    ("GET", "/api/meetings"): READERS,
    ("GET", "/api/meetings/rhythm"): OFFICE,
    ("GET", "/api/meetings/{meeting_id}"): READERS,
    ("PUT", "/api/meetings/{meeting_id}"): OFFICE,
    ("GET", "/api/meetings/{meeting_id}/progress"): OFFICE,
    ("PUT", "/api/meetings/{meeting_id}/record"): OFFICE,
    ("POST", "/api/meetings/{meeting_id}/held"): OFFICE,
    ("POST", "/api/meetings/{meeting_id}/cancelled"): OFFICE,
    ("POST", "/api/meetings/{meeting_id}/tasks"): OFFICE,
    ("POST", "/api/meetings/{meeting_id}/notice"): OFFICE,
    ("POST", "/api/meetings/{meeting_id}/minutes"): OFFICE,
    ("GET", "/api/evaluation/{year}"): roles.DISTRICT,
    ("GET", "/api/evaluation/{year}/complaints"): roles.DISTRICT,
    ("GET", "/api/evaluation/entries/{entry_id}"): roles.DISTRICT,
    ("GET", "/api/checklist-scores"): roles.DISTRICT,
    ("PUT", "/api/evaluation/values/{entry_id}"): OFFICE,
    ("PUT", "/api/evaluation/honours/{entry_id}"): OFFICE,
    ("PUT", "/api/evaluation/ratings/{entry_id}"): OFFICE,
    ("PUT", "/api/evaluation/forces/{entry_id}"): OFFICE,
    ("PUT", "/api/evaluation/complaints/{entry_id}"): OFFICE,
    ("PUT", "/api/evaluation/scores/{entry_id}"): OFFICE,
    ("GET", "/api/negative-list"): roles.DISTRICT,
    ("GET", "/api/negative-list/items"): roles.DISTRICT,
    ("GET", "/api/negative-list/events"): roles.DISTRICT,
    ("GET", "/api/negative-list/events/{event_id}"): roles.DISTRICT,
    ("PUT", "/api/negative-list/events/{event_id}"): OFFICE,
    ("POST", "/api/negative-list/what-if"): OFFICE,
    ("PUT", "/api/negative-list/statuses/{status_id}"): OFFICE,
    ("PUT", "/api/negative-list/evaluations/{evaluation_id}"): OFFICE,
    ("GET", "/api/letters"): READERS,
    ("GET", "/api/letters/{letter_id}"): READERS,
    ("GET", "/api/letters/{letter_id}/pdf"): READERS,
    ("GET", "/api/letters/{letter_id}/docx"): READERS,
    ("POST", "/api/letters/{letter_id}/moves"): frozenset({roles.OFFICE, roles.GROUP_LEADER}) | roles.UNIT,
    ("GET", "/api/letters/{letter_id}/chase"): frozenset({roles.OFFICE}),
    ("PUT", "/api/letter-scans/{sha256}"): frozenset({roles.OFFICE, roles.GROUP_LEADER}) | roles.UNIT,
    ("GET", "/api/letters/{letter_id}/scans/{sha256}"): READERS,
    ("GET", "/api/letters/{letter_id}/reply-link"): frozenset({roles.OFFICE}),
    ("POST", "/api/letters/{letter_id}/reply-link"): frozenset({roles.OFFICE}),
    ("GET", "/api/reply"): LINK,
    ("POST", "/api/reply/moves"): LINK,
    ("POST", "/api/reply/tasks/{task_id}/actions"): LINK,
    ("GET", "/api/reply/photos/{sha256}/thumbnail"): LINK,
    ("OPTIONS", "/api/reply/uploads"): ANYONE,
    ("POST", "/api/reply/uploads"): DELIVERERS,
    ("HEAD", "/api/reply/uploads/{upload_id}"): DELIVERERS,
    ("PATCH", "/api/reply/uploads/{upload_id}"): DELIVERERS,
    ("DELETE", "/api/reply/uploads/{upload_id}"): DELIVERERS,
    ("GET", "/api/disqualifications"): READERS,
    ("POST", "/api/disqualifications/{row_id}/revocation"): frozenset({roles.GROUP_LEADER}),
    ("POST", "/api/photos/known"): SIGNED_IN,
    ("GET", "/api/photos/{sha256}"): SIGNED_IN,
    ("GET", "/api/photos/{sha256}/original"): SIGNED_IN,
    ("GET", "/api/photos/{sha256}/thumbnail"): SIGNED_IN,
    ("GET", "/api/photos/{sha256}/screen"): SIGNED_IN,
    ("GET", "/api/photos/{sha256}/declaration"): SIGNED_IN,
    ("GET", "/api/photos/{sha256}/stamped"): SIGNED_IN,
    ("GET", "/api/photo-uses/owed"): roles.REVIEWERS,
    ("GET", "/api/photo-uses/unused"): roles.REVIEWERS,
    ("POST", "/api/photos/uses/{use_id}/waive"): frozenset({roles.OFFICE}),
    ("POST", "/api/photos/uses/{use_id}/reviews"): frozenset({roles.OFFICE, roles.SUPERVISOR}),
    ("OPTIONS", "/api/uploads"): ANYONE,
    ("POST", "/api/uploads"): DELIVERERS,
    ("HEAD", "/api/uploads/{upload_id}"): DELIVERERS,
    ("PATCH", "/api/uploads/{upload_id}"): DELIVERERS,
    ("DELETE", "/api/uploads/{upload_id}"): DELIVERERS,
}
# What would end the session that asks, or is no call at all.
NOT_CALLED = {("DELETE", "/api/session"), ("GET", "/{path}")}
# One login for each role; the demo has nobody whose first role is 资料员.
LOGINS = {
    roles.INSPECTOR: "inspector",
    roles.SUPERVISOR: "supervisor",
    roles.OFFICE: "office",
    roles.UNIT_LEADER: "health-leader",
    roles.LIAISON: "health",
    roles.DATA_OFFICER: "street",
    roles.GROUP_LEADER: "leader",
    roles.CIVILITY: "civility",
    roles.ADMIN: "admin",
}


def routes(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Each method of each route of ours, with its handler; parameters without their type."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            path = re.sub(r":\w+}", "}", route.path)
            made_by_framework = path.startswith("/schema") or handler.handler_name == "options_handler"
            if isinstance(handler, HTTPRouteHandler) and not made_by_framework:
                for method in handler.http_methods:
                    yield str(method), path, handler


def test_the_table_and_the_router_name_the_same_routes(house: House) -> None:
    assert {(method, path) for method, path, _ in routes(house.app)} == set(RULES)


def test_every_route_carries_the_rule_of_the_table(house: House) -> None:
    for method, path, handler in routes(house.app):
        rules = [guard for guard in handler.guards or () if isinstance(guard, Rule)]
        assert len(rules) == 1, f"{method} {path} needs exactly one rule"
        expected = RULES[method, path]
        assert rules[0].open_to_all == (expected is None), f"{method} {path}"
        assert (rules[0].roles or roles.ALL) == (expected or roles.ALL), f"{method} {path}"


def address(path: str) -> str:
    """A route's address with things in it that do not exist."""
    named = {"{sha256}": "0" * 64, "{year}": "1999", "{number}": "7", "{path}": ""}
    for name, value in named.items():
        path = path.replace(name, value)
    return path or "/"


def filled(path: str) -> str:
    return re.sub(r"{\w+_id}", lambda _: new_id(), address(path))


@pytest.mark.parametrize("role", ["", *sorted(roles.ALL)])
async def test_each_role_gets_past_the_doors_of_the_table_and_no_other(house: House, role: str) -> None:
    """Behind its door a caller meets a refusal of another kind, or an answer: nothing here exists."""
    client = await house.crew.of(LOGINS[role]) if role else house.stranger()
    if role == roles.DATA_OFFICER:
        assert (await client.patch("/api/session", json={"role": role})).status_code == 200
    calls = 0
    for (method, path), allowed in RULES.items():
        if (method, path) in NOT_CALLED:
            continue
        status = (await client.request(method, filled(path), json=None if method == "GET" else {})).status_code
        calls += 1
        if path.startswith("/api/reply"):
            # Opened by a letter's code alone: any session is a stranger here (tests/integration/test_reply_link.py).
            assert status in (404, 429), (role, method, path, status)
        elif allowed is None or role in allowed:
            assert status not in (403, 405, 500), (role, method, path, status)
            assert status != 401 or (method, path) == ("POST", "/api/session"), (role, method, path)
        else:
            assert status == (403 if role else 401), (role, method, path, status)
    assert calls == len(RULES) - len(NOT_CALLED)


async def test_a_one_time_password_opens_nothing_but_its_own_replacement(house: House) -> None:
    """Whatever the screens show: behind every other door the server says what to do first."""
    person_id = await house.crew.person("street")
    given = await (await house.crew.of("admin")).post(f"/api/people/{person_id}/one-time-password")
    async with house.stranger() as client:
        signed = await client.post("/api/session", json={"login": "street", "password": given.json()["password"]})
        assert signed.json()["mustChangePassword"] is True
        for (method, path), allowed in RULES.items():
            if allowed is None or (method, path) == ("DELETE", "/api/session") or path.startswith("/api/reply"):
                continue
            answer = await client.request(method, filled(path), json=None if method == "GET" else {})
            if path.startswith("/api/session"):
                assert answer.status_code in (200, 400), (method, path)
            else:
                assert answer.status_code == 423, (method, path, answer.status_code)
                assert method == "HEAD" or problem(answer) == "password-change-first", (method, path)
        body = {"current": "forgotten", "new": DEMO_PASSWORD}
        assert (await client.post("/api/session/password", json=body)).status_code == 204
        assert (await client.get("/api/tasks")).status_code == 200
    house.crew.sign_out()  # the password ended the sessions that were open before


async def test_r4_only_the_office_and_the_supervisors_decide_on_findings(house: House) -> None:
    """A member unit's user gets 403, and so does everybody who only looks on."""
    task_id = await house.crew.found()
    for login in ("inspector", "leader", "civility", "admin"):
        for action in ("confirm", "correct", "void", "extend"):
            answer = await house.crew.step(login, task_id, action, reason="x", until="2030-01-01")
            assert answer.status_code == 403, (login, action)
    await house.crew.did("supervisor", task_id, "confirm")
    for action in ("void", "extend"):
        answer = await house.crew.step("supervisor", task_id, action, reason="x", until="2030-01-01")
        assert answer.status_code == 403, action
