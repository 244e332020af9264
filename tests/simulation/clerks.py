"""The office's letters: what the ladder proposes is drafted, signed and issued, often days late; units answer."""

from __future__ import annotations

import asyncio
from typing import Any

from server import clock
from tests.factories.inspections import new_id
from tests.simulation.acting import Play
from tests.simulation.rules.letters import Letter

Json = dict[str, Any]
CONTACT = {"contactName": "社事办", "contactPhone": "0731-0000000"}


class Clerks:
    """Office, units and leader at their letters."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._moods: dict[str, int] = {}

    async def day(self) -> None:
        await self._draft()
        for letter in self._play.letters.all():
            await self._chain(letter)
        await self._sign_together()
        await self._outlandish()

    # Drafting

    async def _draft(self) -> None:
        play, today = self._play, self._play.today
        for unit, reasons in play.letters.earned(today).items():
            if play.chance(0.3):
                tasks = sorted(reasons)
                if len(tasks) > 2 and play.chance(0.1):
                    tasks = play.dice.sample(tasks, 2)
                await self.draft_assignment(unit, tasks)
        for letter_id, (ground, _) in play.letters.grounds(today).items():
            if play.chance(0.35):
                reason = "多次督促仍未整改到位" if ground == "unfixed" and play.chance(0.9) else ""
                await self._draft_supervision(play.letters.by_id[letter_id], reason)
        for letter in play.letters.all():
            if play.letters.earns_report(letter, today) and play.chance(0.4):
                await self._draft_approval(letter)
            if letter.kind == "approval" and letter.decision is not None and play.chance(0.3):
                await self._draft_report(letter)

    async def draft_assignment(self, unit: str, task_ids: list[str]) -> None:
        play, today = self._play, self._play.today
        body = {"unitId": unit, "taskIds": task_ids, "subject": "督查发现问题", **CONTACT}
        made = await play.draft(
            "assignments",
            lambda told: play.letters.draft_assignment(told.get("id", "?"), unit, task_ids, today),
            **body,
        )
        if made is not None:
            letter = play.letters.by_id[made["id"]]
            listed = {row["taskId"]: row["dueOn"] for row in made["listed"]}
            wanted = {task_id: due_on.isoformat() for task_id, due_on in letter.tasks.items()}
            play.notes.compare(letter.id, {"listed": listed}, {"listed": wanted})

    async def _draft_supervision(self, parent: Letter, reason: str) -> None:
        play, today = self._play, self._play.today
        rule = lambda told: play.letters.draft_supervision(told.get("id", "?"), parent, today, reason=reason)  # noqa: E731
        made = await play.draft("supervisions", rule, letterId=parent.id, reason=reason)
        if made is not None:
            letter = play.letters.by_id[made["id"]]
            product = {"ground": made["ground"], "tasks": sorted(row["taskId"] for row in made["listed"])}
            play.notes.compare(letter.id, product, {"ground": letter.ground, "tasks": sorted(letter.tasks)})

    async def _draft_approval(self, parent: Letter) -> None:
        play, today = self._play, self._play.today
        rule = lambda told: play.letters.draft_approval(told.get("id", "?"), parent, today)  # noqa: E731
        await play.draft("approvals", rule, letterId=parent.id)

    async def _draft_report(self, parent: Letter) -> None:
        play, today = self._play, self._play.today
        rule = lambda told: play.letters.draft_report(told.get("id", "?"), parent, today)  # noqa: E731
        await play.draft("reports", rule, letterId=parent.id)

    # The signing chain

    async def _chain(self, letter: Letter) -> None:
        play, chance = self._play, self._play.chance
        if letter.state in ("draft", "in_review", "signed") and (chance(0.02) or self._pointless(letter)):
            await self.cancel(letter)
        elif letter.state == "draft" and chance(0.8):
            await self.review(letter)
        elif letter.state == "in_review" and chance(0.8):
            if chance(0.05):
                await play.move("office", letter, "send_back", lambda _: play.letters.send_back(letter))
            else:
                await self.sign(letter)
        elif letter.state == "signed" and chance(0.85):
            await self.issue(letter)
        elif letter.state == "submitted" and chance(0.3):
            await self._decide(letter)
        elif letter.issued:
            await self._after_issue(letter)

    def _pointless(self, letter: Letter) -> bool:
        """Something that it lists has been settled meanwhile, or is another unit's now."""
        return bool(letter.tasks) and len(self._play.letters.open_tasks(letter)) < len(letter.tasks)

    async def cancel(self, letter: Letter) -> None:
        play = self._play
        await play.move("office", letter, "cancel", lambda _: play.letters.cancel(letter), reason="情况变化")

    async def review(self, letter: Letter) -> None:
        play = self._play
        await play.move("office", letter, "send_to_review", lambda _: play.letters.review(letter))

    async def sign(self, letter: Letter) -> None:
        play, now = self._play, clock.now()
        action = "submit" if letter.kind == "approval" else "sign"
        await play.move("office", letter, action, lambda _: play.letters.sign(letter, now))

    async def issue(self, letter: Letter) -> None:
        """A draft that lay too long is refused for its dates; the office drafts anew."""
        play, now = self._play, clock.now()
        if await play.move("office", letter, "issue", lambda _: play.letters.issue(letter, now)) is None:
            await self.cancel(letter)

    async def _sign_together(self) -> None:
        """Several signatures at the same instant, each on another replica: numbers stay gapless."""
        play = self._play
        waiting = [one for one in play.letters.all() if one.state == "in_review" and one.kind != "approval"]
        if len(waiting) < 2 or not play.chance(0.4):
            return
        now, first, second = clock.now(), *play.dice.sample(waiting, 2)
        bodies = [{"id": new_id(), "action": "sign"} for _ in range(2)]
        answers = await asyncio.gather(*(
            play.town.ask("office", "POST", f"/api/letters/{letter.id}/moves", body)
            for letter, body in zip((first, second), bodies, strict=True)
        ))  # fmt: skip
        told = [int(answer.json()["number"].rsplit("〕", 1)[1].rstrip("号")) for answer in answers]
        for letter, _ in sorted(zip((first, second), told, strict=True), key=lambda pair: pair[1]):
            play.letters.sign(letter, now)

    async def _decide(self, letter: Letter) -> None:
        play, approved = self._play, self._play.chance(0.7)
        await play.move(
            "leader", letter, "decide", lambda _: play.letters.decide(letter, approved=approved), approved=approved
        )

    # After the issue

    async def _after_issue(self, letter: Letter) -> None:
        play, chance = self._play, self._play.chance
        if letter.state == "issued" and chance(0.3):
            await play.move("office", letter, "seal", lambda _: play.letters.seal(letter))
        if chance(0.2 if letter.closed else 0.005):
            await play.move("office", letter, "archive", lambda _: play.letters.archive(letter))
            return
        if letter.kind not in ("assignment", "supervision") or letter.closed:
            return
        await self._answer(letter)
        if letter.asked_on and letter.agreed_until is None and letter.reply_due and chance(0.25):
            until = play.workdays.after(letter.reply_due, play.dice.randrange(1, 8))
            await play.move(
                "office", letter, "agree", lambda _: play.letters.agree(letter, until), until=until.isoformat()
            )
        if letter.kind == "supervision" and chance(0.04):
            now = clock.now()
            await play.move("office", letter, "accept_progress", lambda _: play.letters.accept_progress(letter, now))

    async def _answer(self, letter: Letter) -> None:
        play, chance = self._play, self._play.chance
        logins = play.logins_of(letter.unit)
        if letter.replied_on is not None or not logins or letter.reply_due is None:
            return
        mood, late = self._moods.setdefault(letter.id, play.dice.randrange(5)), play.today > letter.reply_due
        login = play.dice.choice(logins)
        if (
            (mood == 0 and chance(0.35))
            or (mood == 1 and late and chance(0.25))
            or (mood == 2 and letter.asked_on and chance(0.1))
        ):
            await self._reply(letter, login)
        elif mood in (2, 3) and letter.asked_on is None and chance(0.35):
            now = clock.now()
            rule = lambda _: play.letters.ask_for_time(letter, letter.unit, now)  # noqa: E731
            await play.move(login, letter, "ask_for_time", rule, reason="需要时间采购")

    async def _reply(self, letter: Letter, login: str) -> None:
        play, now, unit = self._play, clock.now(), self._play.unit_of(login)
        rule = lambda _: play.letters.reply(letter, unit, now)  # noqa: E731
        await play.move(login, letter, "reply", rule, text="已按要求整改", signer="分管领导")

    # What the rules forbid, and the leader's second thoughts

    async def _outlandish(self) -> None:
        """Steps that should not be let through, tried now and then."""
        play, today = self._play, self._play.today
        letters = list(play.letters.all())
        if letters and play.chance(0.1):
            letter = play.dice.choice(letters)
            action = play.dice.choice(("sign", "issue", "seal", "cancel", "reply", "agree", "send_to_review"))
            await self._try(letter, action)
        if letters and play.chance(0.05):
            parent = play.dice.choice([one for one in letters if one.kind == "assignment"] or letters)
            if parent.kind == "assignment" and play.letters.ground(parent, today) is None:
                await self._draft_supervision(parent, "催办")
        open_ones = list(play.tasks.of_status("open"))
        if open_ones and play.chance(0.05):
            task = play.dice.choice(open_ones)
            if play.letters.trigger(task, today) is None:
                await self.draft_assignment(task.unit, [task.id])
        for row in play.letters.disqualified:
            if not row.revoked and play.chance(0.01):
                await self._revoke(row)

    async def _try(self, letter: Letter, action: str) -> None:
        play, now = self._play, clock.now()
        if action == "sign" and letter.state != "in_review" and letter.kind != "approval":
            await self.sign(letter)
        elif action == "issue" and letter.state != "signed":
            await play.move("office", letter, action, lambda _: play.letters.issue(letter, now))
        elif action == "seal" and letter.state != "issued" and letter.kind != "approval":
            await play.move("office", letter, action, lambda _: play.letters.seal(letter))
        elif action == "cancel" and letter.state not in ("draft", "in_review", "signed"):
            await self.cancel(letter)
        elif action == "agree" and letter.agreed_until is not None and letter.reply_due:
            until = play.workdays.after(letter.agreed_until, 5)
            await play.move(
                "office", letter, action, lambda _: play.letters.agree(letter, until), until=until.isoformat()
            )
        elif action == "reply":
            others = [
                login for login in ("street", "street2", "science", "health") if play.unit_of(login) != letter.unit
            ]
            await self._reply(letter, play.dice.choice(others))

    async def _revoke(self, row: Any) -> None:
        play = self._play
        rows = await play.town.get("leader", "/api/disqualifications", year=row.year)
        found = next(one for one in rows if one["letterId"] == row.letter)
        answer = await play.town.ask(
            "leader", "POST", f"/api/disqualifications/{found['id']}/revocation", {"reason": "整改到位"}
        )
        await play.both(row.letter, "leader revokes", [answer], lambda _: play.letters.revoke(row))
