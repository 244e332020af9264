"""Who is told of a letter, what comes back on paper, and what the register keeps of it. On both databases."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta

from sqlalchemy import update

from server import clock
from server.district import District
from server.letters.service import close_finished
from server.letters.telling import letters_due
from server.messages.sweeping import messages_due
from storage.database.models import Post
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import Json, new_id
from tests.integration.conftest import Travel
from tests.integration.test_letters import assignment, drafted, issued, late_task, move, moved, supervised

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


async def told(crew: Crew, login: str, *, kinds: str = "letter-") -> list[str]:
    """The kinds of letter news in a person's inbox, at once or in a digest."""
    found = (await crew.get(login, "/api/messages"))["items"]
    every = [one["kind"] for one in found] + [line["kind"] for one in found for line in one["lines"]]
    return sorted(kind for kind in every if kind.startswith(kinds))


async def leave_posts(district: District, crew: Crew, *logins: str) -> None:
    for login in logins:
        person = await crew.person(login)
        async with district.database.writing() as session:
            await session.execute(
                update(Post).where(Post.person_id == person).values(valid_until=clock.today() - timedelta(days=1))
            )


async def test_r39_a_letter_reaches_both_posts_at_once_and_its_answer_the_office(crew: Crew, travel: Travel) -> None:
    crew, task_id = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    assert await told(crew, "health") == await told(crew, "health-leader") == ["letter-issued-assignment"]
    assert await told(crew, "street") == []
    (news,) = [one for one in (await crew.get("health", "/api/messages"))["items"] if one["kind"].startswith("letter")]
    assert letter["number"] in news["subject"] and news["link"] == f"/letters/{letter['id']}"
    assert [(one["person"], one["readAt"]) for one in letter["readers"]] == [
        ("区卫计局分管领导", None),
        ("区卫计局联络员", None),
    ]
    await (await crew.of("health")).post(f"/api/messages/{news['id']}/read")
    read = (await crew.get("office", f"/api/letters/{letter['id']}"))["readers"]
    assert [one["readAt"] is None for one in read] == [True, False]
    assert (await crew.get("health", f"/api/letters/{letter['id']}"))["readers"] == []
    await moved(crew, "health", letter["id"], "ask_for_time", reason="等待招标")
    await moved(crew, "office", letter["id"], "agree", until=_later(letter["replyDueOn"], 3))
    await moved(crew, "health", letter["id"], "reply", text="已办", signer="分管领导")
    assert await told(crew, "office") == ["letter-replied", "letter-time-asked"]
    assert await told(crew, "health-leader") == ["letter-agreed", "letter-issued-assignment"]


def _later(day: str, days: int) -> str:
    return (datetime.fromisoformat(day).date() + timedelta(days=days)).isoformat()


async def test_the_last_rung_tells_the_leader_the_office_and_the_civility_office(crew: Crew, travel: Travel) -> None:
    crew, _, second = await supervised(crew, travel)
    travel(timedelta(days=10))
    crew = crew.again()
    approval = await drafted(crew, "approvals", letterId=second["id"])
    for action in ("send_to_review", "submit"):
        await moved(crew, "office", approval["id"], action)
    assert await told(crew, "leader") == ["letter-submitted"]
    await moved(crew, "leader", approval["id"], "decide", approved=True, reason="同意")
    assert "letter-decided" in await told(crew, "office")
    report = await drafted(crew, "reports", letterId=approval["id"])
    await issued(crew, report["id"])
    assert await told(crew, "civility") == ["letter-reported"]


async def test_r6_a_letter_to_a_unit_that_has_nobody_is_brought_on_paper(
    crew: Crew, district: District, travel: Travel
) -> None:
    crew, task_id = await late_task(crew, travel)
    await leave_posts(district, crew, "health", "health-leader")
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    assert await told(crew, "office") == ["letter-paper"]
    assert [one["onPaper"] for one in letter["readers"]] == [True]
    today = clock.today().isoformat()
    assert pointers(await move(crew, "office", letter["id"], "deliver")) == ["/originalOn", "/text"]
    early = _later(today, -1)
    assert pointers(await move(crew, "office", letter["id"], "deliver", text="王某签收", originalOn=early)) == [
        "/originalOn"
    ]
    assert (await move(crew, "leader", letter["id"], "deliver", text="x", originalOn=today)).status_code == 403
    kept = await moved(crew, "office", letter["id"], "deliver", text="办公室签收", originalOn=today)
    assert kept["deliveredOn"] == today
    (row,) = (await crew.get("office", "/api/letters", kind="assignment"))["items"]
    assert row["deliveredOn"] == today


async def test_limits_are_told_once_on_any_number_of_replicas(crew: Crew, district: District, travel: Travel) -> None:
    crew, task_id = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    assert await letters_due(district.database, clock.now()) == 0
    due_on = datetime.fromisoformat(letter["replyDueOn"]).date()
    before = due_on - timedelta(days=3 if due_on.weekday() == 0 else 1)
    now = travel(clock.end_of_day(before) - timedelta(hours=15) - clock.now())
    assert sum(await asyncio.gather(*(letters_due(district.database, now) for _ in range(3)))) == 2
    assert await letters_due(district.database, now) == 0
    now = travel(timedelta(days=10))
    assert await letters_due(district.database, now) == 3  # both posts and the office
    assert await letters_due(district.database, travel(timedelta(days=3))) == 0
    crew = crew.again()
    await messages_due(district.database, travel(timedelta(days=1, hours=8)))
    crew = crew.again()
    assert "letter-overdue" in await told(crew, "office")
    assert {"letter-overdue", "letter-due-soon"} <= set(await told(crew, "health-leader"))
    await moved(crew, "health", letter["id"], "reply", text="已办", signer="分管领导")
    assert await letters_due(district.database, travel(timedelta(days=3))) == 0


async def test_r95_a_decision_by_telephone_counts_with_its_note_and_names_the_leader(
    crew: Crew, travel: Travel
) -> None:
    crew, _, second = await supervised(crew, travel)
    travel(timedelta(days=10))
    crew = crew.again()
    approval = await drafted(crew, "approvals", letterId=second["id"])
    for action in ("send_to_review", "submit"):
        await moved(crew, "office", approval["id"], action)
    today = clock.today().isoformat()
    bare = {"approved": True, "originalOn": today}
    assert pointers(await move(crew, "office", approval["id"], "decide", **bare)) == ["/scan"]
    ahead = {"approved": True, "originalOn": _later(today, 1), "text": "来电"}
    assert pointers(await move(crew, "office", approval["id"], "decide", **ahead)) == ["/originalOn"]
    decided = await moved(crew, "office", approval["id"], "decide", **bare, text="组长来电：同意")
    step = decided["history"][-1]
    assert (step["actor"], step["onBehalfOf"], step["scan"]) == ("社事办专员", "专业组组长", None)
    (row,) = await crew.get("office", "/api/disqualifications", year=clock.today().year)
    assert row["letterId"] == approval["id"]


async def test_r95_a_reply_on_paper_comes_with_its_pdf_and_who_may_see_the_letter_reads_it(
    crew: Crew, travel: Travel
) -> None:
    crew, task_id = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    office, today = await crew.of("office"), clock.today().isoformat()
    digest = hashlib.sha256(PDF).hexdigest()
    words = {"text": "书面回复", "signer": "分管领导", "originalOn": today, "scan": digest}
    assert pointers(await move(crew, "office", letter["id"], "reply", **words)) == ["/scan"]
    assert problem(await office.put(f"/api/letter-scans/{digest}", content=b"GIF89a")) == "not-a-scan"
    assert pointers(await office.put(f"/api/letter-scans/{'0' * 64}", content=PDF)) == ["/scan"]
    for _ in range(2):
        assert (await office.put(f"/api/letter-scans/{digest}", content=PDF)).status_code == 204
    entered = await moved(crew, "office", letter["id"], "reply", **words)
    assert (entered["history"][-1]["scan"], entered["answered"]) == ("pdf", "replied")
    for login, status in (("office", 200), ("health", 200), ("street", 404), ("leader", 200)):
        assert await crew.status(login, f"/api/letters/{letter['id']}/scans/{digest}") == status
    read = await office.get(f"/api/letters/{letter['id']}/scans/{digest}")
    assert (read.content, read.headers["content-type"]) == (PDF, "application/pdf")
    assert await crew.status("office", f"/api/letters/{letter['id']}/scans/{'0' * 64}") == 404


async def test_the_sealed_paper_follows_the_issue_and_the_archive_gives_its_number(
    crew: Crew, district: District, travel: Travel
) -> None:
    crew, task_id = await late_task(crew, travel)
    letter = await issued(crew, (await assignment(crew, [task_id]))["id"])
    await moved(crew, "office", letter["id"], "seal")
    photo = await crew.photo("office", seed=9)
    sealed = await moved(crew, "office", letter["id"], "seal", scan=photo)
    assert (sealed["state"], sealed["sealedScan"], sealed["history"][-1]["scan"]) == ("sealed", photo, "photo")
    assert await crew.status("leader", f"/api/letters/{letter['id']}/scans/{photo}") == 200
    await crew.did("office", task_id, "void", reason="点位撤并")
    async with district.database.writing() as session:
        await close_finished(session)
    kept = await moved(crew, "office", letter["id"], "archive", archiveNumber="2026-社-017")
    assert (kept["archiveNumber"], kept["sealedScan"]) == ("2026-社-017", photo)
    unused: list[Json] = await crew.get("office", "/api/photo-uses/unused")
    assert photo not in [one["sha256"] for one in unused]
    assert new_id() not in kept["id"]


async def test_a_letter_is_chased_with_words_that_stay_in_its_history(crew: Crew, travel: Travel) -> None:
    crew, task_id = await late_task(crew, travel)
    letter = await assignment(crew, [task_id])
    assert problem(await move(crew, "office", letter["id"], "chase", text="请回复")) == "letter-move-refused"
    letter = await issued(crew, letter["id"])
    words = await crew.get("office", f"/api/letters/{letter['id']}/chase")
    assert letter["number"] in words["text"] and "区卫计局" in words["text"]
    assert await crew.status("health", f"/api/letters/{letter['id']}/chase") == 403
    chased = await moved(crew, "office", letter["id"], "chase", text=words["text"])
    step = chased["history"][-1]
    assert (step["action"], step["actor"], step["detail"]["text"]) == ("chase", "社事办专员", words["text"])
