"""催办 of a letter that was not answered: words and photos for the chat group. A person sends them (R93)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.messages import ChaseText
from server import clock
from server.errors import NotFound
from server.letters.facts import ISSUED
from server.letters.numbering import printed_number
from server.messages.chasing import faults
from server.messages.wording import words
from server.org import calendar
from storage.database.models import Letter, LetterTask, Task, Unit


async def chase_letter(session: AsyncSession, *, letter_id: str, language: str, public_url: str) -> ChaseText:
    """What to say to the unit that owes an answer to a letter, or the work it asks for. Raises NotFound."""
    letter = await session.get(Letter, letter_id)
    if letter is None or letter.unit_id is None or letter.state not in ISSUED or letter.closed_at is not None:
        raise NotFound
    unit = await session.get_one(Unit, letter.unit_id)
    today, days = clock.today(), await calendar.load(session)
    limit = letter.agreed_until_on or letter.reply_due_on or today
    listed = select(Task.id).join(LetterTask, LetterTask.task_id == Task.id).where(LetterTask.letter_id == letter.id)
    task_ids = list(await session.scalars(listed.where(Task.status == "open").order_by(Task.due_on, Task.id)))
    params = {
        "unit": unit.name,
        "number": printed_number(letter) or "",
        "due_on": limit.isoformat(),
        "late": max(days.working_days_between(limit, today), 0),
        "count": len(task_ids),
    }
    head = words("chase-letter-late" if limit < today else "chase-letter", params, language)
    foot = words("chase-foot", {"url": f"{public_url}/letters/{letter.id}"}, language)
    return ChaseText(
        text=f"{head}\n{foot}",
        unit_id=unit.id,
        task_ids=task_ids,
        photos=[photo.sha256 for photo in await faults(session, task_ids)],
        tasks=len(task_ids),
    )
