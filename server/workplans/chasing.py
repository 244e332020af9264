"""催报: words for the chat group that name who has not handed in. A person sends them (R93)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.workplans import ChaseWords, SummaryKind
from server import clock
from server.auth.actor import Actor
from server.messages.wording import words
from server.workplans.periods import period_params
from server.workplans.queries import list_summaries


async def chase_words(
    session: AsyncSession, me: Actor, *, kind: SummaryKind, period: str, language: str, public_url: str
) -> ChaseWords:
    """What to say to the units that owe a period's summary, or correct one that was sent back. Raises Unprocessable."""
    listed = await list_summaries(session, me, kind=kind, period=period)
    owing = [unit for unit in listed.units if unit.state in ("owed", "missing", "returned")]
    if not owing or listed.period.due_at is None:
        return ChaseWords(text=words("chase-summary-nothing", period_params(period), language), units=0)
    separator = words("chase-summary-separator", {}, language)
    params = {
        "units": separator.join(unit.unit_name for unit in owing),
        **period_params(period),
        "due_on": clock.shanghai_date(listed.period.due_at).isoformat(),
    }
    head = words(f"chase-summary-{'late' if listed.period.over else 'due'}-{kind}", params, language)
    foot = words("chase-foot", {"url": f"{public_url}/summaries"}, language)
    return ChaseWords(text=f"{head}\n{foot}", units=len(owing))
