"""The code on the paper: what letters print for those who may reply, without its being part of what was signed."""

from __future__ import annotations

import segno
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.documents import ReplyCode
from server import clock
from server.auth import roles
from server.auth.actor import Actor
from server.documents.composing.facts import ReplyLink as PrintedLink
from server.documents.composing.frame import reply_code
from server.org.settings import current_rules
from server.replies.keeping import follow_letter, live_link
from server.replies.links import Named, last_day, make_token, standing
from server.replies.opening import facts_of
from server.settings import Settings
from storage.database.models import Letter, ReplyLink, Unit


class LetterCodes:
    """What the letters ask of the replies: to keep step with a letter, and the code to print on a copy of it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def follow(self, session: AsyncSession, letter: Letter, *, me: Actor) -> None:
        """A letter has taken a step."""
        await follow_letter(session, letter, me=me)

    async def code_of(self, session: AsyncSession, letter: Letter, *, me: Actor) -> ReplyCode | None:
        """The code for this reader's copy. Only the office, which sends it, and the unit, which answers, get one:
        whoever verifies must not hold what replies (R41).
        """
        if me.role != roles.OFFICE and (me.role not in roles.UNIT or me.unit_id != letter.unit_id):
            return None
        link = await live_link(session, letter.id)
        if link is None:
            return None
        rules = await current_rules(session)
        facts = facts_of(link, letter, rules)
        if standing(facts, today=clock.today()) not in ("open", "not_yet"):
            return None
        unit = await session.get_one(Unit, letter.unit_id)
        url = self.url_of(link, key=rules.reply_link_key)
        return squared(reply_code(PrintedLink(url=url, unit=unit.name, until=last_day(facts))))

    def url_of(self, link: ReplyLink, *, key: int) -> str:
        """Where the code leads. The token is behind a #, so that no server, log or Referer ever gets it."""
        named = Named(link.id, link.letter_id, link.unit_id)
        token = make_token(named, secret=self._settings.secret_key, key=key)
        return f"{self._settings.public_url}/reply#{token}"


def squared(code: ReplyCode | None) -> ReplyCode | None:
    """The same with its squares as an SVG path, for a page to draw."""
    if code is None:
        return None
    size, path = squares(code.url)
    return ReplyCode(code.url, code.captions, size, path)


def squares(url: str) -> tuple[int, str]:
    """The side of a QR code in modules, the quiet zone of four among them, and its dark modules as an SVG path."""
    rows = list(segno.make(url, error="m", micro=False).matrix_iter(border=4))
    runs = []
    for y, row in enumerate(rows):
        dark = [bool(one) for one in row] + [False]
        start = None
        for x, is_dark in enumerate(dark):
            if is_dark and start is None:
                start = x
            elif not is_dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1H{start}z")
                start = None
    return len(rows), "".join(runs)
