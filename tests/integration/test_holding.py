"""Who holds a post on a day: both its first and its last day count, on both databases (R1, R6)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from server.auth.holding import held_on
from server.district import District
from storage.database.models import Post
from tests.factories.crew import Crew
from tests.factories.inspections import new_id

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 31)
DAY = timedelta(days=1)


async def test_r6_a_post_is_held_from_its_first_day_to_its_last_and_a_withdrawn_one_never(
    crew: Crew, district: District
) -> None:
    person, unit = await crew.person("office"), await crew.unit("区卫计局")
    spells = {"spell": (FIRST, LAST), "open": (FIRST, None), "withdrawn": (FIRST, FIRST - DAY)}
    async with district.database.writing() as session:
        for role, (begins, ends) in spells.items():
            session.add(
                Post(id=new_id(), person_id=person, unit_id=unit, role=role, valid_from=begins, valid_until=ends)
            )

    async def held(on: date) -> set[str]:
        async with district.database.reading() as session:
            return set(await session.scalars(select(Post.role).where(Post.role.in_(spells), held_on(on))))

    assert await held(FIRST - DAY) == set()
    assert await held(FIRST) == await held(LAST) == {"spell", "open"}
    assert await held(LAST + DAY) == {"open"}
