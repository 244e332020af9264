"""Looks at the product through HTTP and at the model, and compares the two."""

from __future__ import annotations

from typing import Any

from tests.simulation.differing import Notebook
from tests.simulation.rules.letters import Letter, Letters
from tests.simulation.rules.tasks import Task, Tasks
from tests.simulation.town import Town

Json = dict[str, Any]
# Issuer's code of each series, as the settings preset them.
CODES = {"函": "株石创社函", "呈": "株石创社呈", "社": "株石创社报"}

MINUTES = "株石创社纪"


async def compare_proposals(town: Town, letters: Letters, notes: Notebook) -> None:
    """What the ladder proposes today, with its reasons."""
    today = town.clock.today
    told = await town.get("office", "/api/proposals")
    product: Json = {
        one["unitId"]: {task["taskId"]: (task["trigger"], task["days"]) for task in one["tasks"]}
        for one in told["assignments"]
    }
    rules: Json = dict(letters.earned(today))
    for unit in product.keys() | rules.keys():
        ours, theirs = rules.get(unit, {}), product.get(unit, {})
        for task_id in ours.keys() | theirs.keys():
            if ours.get(task_id) != theirs.get(task_id):
                notes.differ(task_id, "earned", product=theirs.get(task_id), rules=ours.get(task_id))
    product = {one["letterId"]: (one["ground"], one["overdueDays"], one["tasks"]) for one in told["supervisions"]}
    rules = {
        key: (*ground, len(letters.supervisable(letters.by_id[key]))) for key, ground in letters.grounds(today).items()
    }
    _same(notes, "ground", product, rules)
    product = {one["letterId"]: one["tasks"] for one in told["reports"]}
    reports = [one for one in letters.all() if letters.earns_report(one, today)]
    rules = {one.id: sum(not task.resting for task in letters.open_tasks(one)) for one in reports}
    _same(notes, "report earned", product, rules)


def _same(notes: Notebook, what: str, product: Json, rules: Json) -> None:
    for key in product.keys() | rules.keys():
        if product.get(key) != rules.get(key):
            notes.differ(key, what, product=product.get(key), rules=rules.get(key))


async def compare_tasks(town: Town, tasks: Tasks, notes: Notebook, *statuses: str) -> int:
    """Every task that the product, or the model, has in these states (all of them where none is named)."""
    rows: list[Json] = []
    for status in statuses or (None,):
        rows += await town.pages("office", "/api/tasks", **({"status": status} if status else {}))
    shown = {row["id"]: row for row in rows}
    today = town.clock.today
    wanted = {task.id: task for task in (tasks.of_status(*statuses) if statuses else tasks.by_id.values())}
    for task_id in wanted.keys() - shown.keys():
        notes.differ(task_id, "status", product="not listed", rules=wanted[task_id].status)
    for task_id in shown.keys() - wanted.keys():
        known = tasks.by_id.get(task_id)
        notes.differ(task_id, "status", product=shown[task_id]["status"], rules=known and known.status)
    for task_id in shown.keys() & wanted.keys():
        notes.compare(task_id, shown[task_id], task_as_told(wanted[task_id], tasks, town))
    return len(shown) if today else 0


def task_as_told(task: Task, tasks: Tasks, town: Town) -> Json:
    """What the rules say about a task, by the names that travel."""
    today = town.clock.today
    told: Json = {
        "status": task.status,
        "rung": task.rung,
        "unitId": task.unit,
        "returnCount": task.returns,
        "isRelapse": task.relapse_of is not None,
        "overdue": tasks.overdue(task, today),
        "daysLeft": tasks.days_left(task, today),
    }
    if task.owed or task.status == "closed":
        told["dueOn"] = task.due_on.isoformat()
    if task.owed:
        told |= {"dueProvisional": task.due_expected, "returnProposed": task.return_proposed}
    return told


async def compare_letters(town: Town, letters: Letters, notes: Notebook) -> list[Json]:
    """The whole register of the ladder."""
    rows = [row for row in await town.pages("office", "/api/letters") if row["kind"] != "minutes"]
    shown = {row["id"]: row for row in rows}
    for letter_id in shown.keys() ^ letters.by_id.keys():
        notes.differ(letter_id, "listed", product=letter_id in shown, rules=letter_id in letters.by_id)
    for letter in letters.all():
        if letter.id in shown:
            notes.compare(letter.id, shown[letter.id], letter_as_told(letter, letters))
    return rows


def letter_as_told(letter: Letter, letters: Letters) -> Json:
    answered = "replied" if letter.replied_on else "asked" if letter.asked_on else "none"
    number = None
    if letter.number:
        series, year, count = letter.number
        number = f"{CODES[series]}〔{year}〕{count}号"
    told: Json = {
        "kind": letter.kind,
        "state": letter.state,
        "unitId": letter.unit,
        "number": number,
        "answered": answered,
        "replyDueOn": letter.reply_due.isoformat() if letter.reply_due else None,
        "agreedUntilOn": letter.agreed_until.isoformat() if letter.agreed_until else None,
        "parentId": letter.parent.id if letter.parent else None,
    }
    if letter.kind in ("assignment", "supervision"):
        told["openTasks"] = len(letters.open_tasks(letter))
    return told


async def compare_disqualified(town: Town, letters: Letters, notes: Notebook, *years: int) -> None:
    """Who lost the awards of a year, the revoked ones too."""
    product = []
    for year in years:
        rows = await town.get("office", "/api/disqualifications", year=year)
        product += [(row["unitId"], row["year"], row["letterId"], row["revokedAt"] is not None) for row in rows]
    rules = [(one.unit, one.year, one.letter, one.revoked) for one in letters.disqualified]
    if sorted(product) != sorted(rules):
        notes.differ("disqualifications", "rows", product=sorted(product), rules=sorted(rules))
