"""What the checks and the standings of a round are told from, read at once for all its materials."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import EditionIn, PageIn, PictureIn, Standing
from server import clock
from server.declaration import standing
from server.declaration.checks import check_material
from server.declaration.faults import UNPUBLISHED, Fault, Picture, Report, Terms, is_sound
from server.declaration.filing import facts_of
from server.org.rules import Rules
from server.org.settings import current_rules
from storage.database.models import (
    DeclarationAsk,
    DeclarationEdition,
    DeclarationFile,
    DeclarationMaterial,
    DeclarationPaper,
    DeclarationReopening,
    DeclarationRound,
    Photo,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the bytes that editions name."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    files: dict[str, DeclarationFile] = field(default_factory=dict)

    def report(self, material: EditionIn) -> Report | None:
        """What is known of an edition's report."""
        file = self.files.get(material.report.sha256) if material.report else None
        if file is None:
            return None
        facts = facts_of(file)
        return Report(file.kind, facts.characters, facts.with_figures)


@dataclass
class Held:
    """A material with everything about it, in the order of time."""

    material: DeclarationMaterial
    unit_name: str
    editions: list[DeclarationEdition]
    papers: list[DeclarationPaper]

    def counting(self, until_on: date) -> list[DeclarationEdition]:
        """The editions that came in time."""
        return [one for one in self.editions if not standing.is_late(came_on(one), until_on)]

    def accepted(self, until_on: date) -> DeclarationEdition | None:
        """The newest accepted edition that came in time: the one that is declared."""
        return next((one for one in reversed(self.counting(until_on)) if one.state == "accepted"), None)


@dataclass
class Gathered:
    """A round, whole."""

    round: DeclarationRound
    reopenings: Sequence[DeclarationReopening]
    asks: Sequence[DeclarationAsk]
    held: dict[str, list[Held]]
    known: Known
    rules: Rules
    today: date

    @cached_property
    def until_on(self) -> date:
        """The last day on which anything counts."""
        return standing.last_day(self.round.closes_on, [one.until_on for one in self.reopenings])

    @property
    def locked(self) -> bool:
        """Whether its packages are locked (R21)."""
        return standing.is_locked(self.until_on, self.today)

    def counted(self, ask: DeclarationAsk, *, without: str = "") -> int:
        """How many pictures of an ask are accepted, over all units (or without one material's)."""
        accepted = [one.accepted(self.until_on) for one in self.held[ask.id] if one.material.id != without]
        return sum(len(content_of(one).pictures) for one in accepted if one is not None)

    def terms(self, ask: DeclarationAsk, material_id: str) -> Terms:
        """What an ask demands of one material as of now."""
        return Terms(
            format=ask.format,
            provincial_opinion=ask.provincial_opinion,
            length_exempt=ask.length_exempt,
            required_count=ask.required_count,
            counted_elsewhere=self.counted(ask, without=material_id) if ask.format == "SJTP" else 0,
            template_version=ask.template_version,
            least_characters=self.rules.report_least_characters,
            most_characters=self.rules.report_most_characters,
        )

    def faults(self, ask: DeclarationAsk, edition: DeclarationEdition) -> list[Fault]:
        """What is wrong with an edition as of now (R33: what is published later is checked against too)."""
        content = content_of(edition)
        report = self.known.report(content)
        return check_material(
            self.terms(ask, edition.material_id), content, pictures=self.known.pictures, report=report
        )

    def standing(self, ask: DeclarationAsk, held: Held) -> Standing:
        """How a material stands."""
        counting = held.counting(self.until_on)
        faults = self.faults(ask, counting[-1]) if counting and counting[-1].state == "accepted" else []
        return standing.standing_of(
            [standing.Edition(one.number, one.state, came_on(one)) for one in held.editions],
            [standing.Paper(one.edition, one.received_on) for one in held.papers],
            until_on=self.until_on,
            paper=standing.wants_paper(ask.format, held.material.part),
            published=not any(one.code in UNPUBLISHED for one in faults),
            sound=is_sound(faults),
        )

    def find(self, material_id: str) -> tuple[DeclarationAsk, Held] | None:
        """One material of the round with its ask."""
        for ask in self.asks:
            for held in self.held[ask.id]:
                if held.material.id == material_id:
                    return ask, held
        return None


def content_of(edition: DeclarationEdition) -> EditionIn:
    """An edition as it was handed in."""
    return msgspec.convert(edition.content, EditionIn)


def came_on(edition: DeclarationEdition) -> date:
    """The Shanghai date on which an edition came."""
    return clock.shanghai_date(edition.handed_in_at)


async def gather(session: AsyncSession, declared: DeclarationRound, *, only: Collection[str] | None = None) -> Gathered:
    """Read a round; with `only` the materials of these asks alone."""
    query = select(DeclarationAsk).where(DeclarationAsk.round_id == declared.id).order_by(DeclarationAsk.position)
    asks = [one for one in await session.scalars(query) if only is None or one.id in only]
    reopened = select(DeclarationReopening).where(DeclarationReopening.round_id == declared.id)
    held = await _held(session, [one.id for one in asks])
    editions = [edition for several in held.values() for one in several for edition in one.editions]
    return Gathered(
        round=declared,
        reopenings=list(await session.scalars(reopened.order_by(DeclarationReopening.at, DeclarationReopening.id))),
        asks=asks,
        held=held,
        known=await known_of(session, [content_of(one) for one in editions]),
        rules=await current_rules(session),
        today=clock.today(),
    )


async def _held(session: AsyncSession, ask_ids: Collection[str]) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {one: [] for one in ask_ids}
    query = (
        select(DeclarationMaterial, Unit.name)
        .join(Unit, Unit.id == DeclarationMaterial.unit_id)
        .where(DeclarationMaterial.ask_id.in_(ask_ids))
        .order_by(DeclarationMaterial.part, Unit.code)
    )
    by_id: dict[str, Held] = {}
    for material, name in await session.execute(query):
        by_id[material.id] = Held(material, name, [], [])
        found[material.ask_id].append(by_id[material.id])
    of_these = select(DeclarationMaterial.id).where(DeclarationMaterial.ask_id.in_(ask_ids))
    editions = select(DeclarationEdition).where(DeclarationEdition.material_id.in_(of_these))
    for edition in await session.scalars(editions.order_by(DeclarationEdition.number)):
        by_id[edition.material_id].editions.append(edition)
    papers = select(DeclarationPaper).where(DeclarationPaper.material_id.in_(of_these))
    for paper in await session.scalars(papers.order_by(DeclarationPaper.at, DeclarationPaper.id)):
        by_id[paper.material_id].papers.append(paper)
    return found


async def known_of(session: AsyncSession, contents: Iterable[EditionIn]) -> Known:
    """What is known of everything that these editions name."""
    shown: set[str] = set()
    reports: set[str] = set()
    for one in contents:
        shown |= pictures_of(one)
        reports |= {one.report.sha256} if one.report else set()
    pictures: dict[str, Picture] = {}
    for batch in _batches(shown):
        photos = select(Photo.sha256, Photo.kind, Photo.size_bytes).where(Photo.sha256.in_(batch))
        pictures |= {row.sha256: Picture(row.kind, row.size_bytes) for row in await session.execute(photos)}
    files: dict[str, DeclarationFile] = {}
    for batch in _batches(reports):
        rows = await session.scalars(select(DeclarationFile).where(DeclarationFile.sha256.in_(batch)))
        files |= {row.sha256: row for row in rows}
    return Known(pictures, files)


def pictures_of(material: EditionIn) -> set[str]:
    """The hashes of all pictures and pages of an edition."""
    return {one.sha256 for one in shown_in(material)}


def shown_in(material: EditionIn) -> list[PageIn | PictureIn]:
    """Its pages and pictures, in order."""
    return [*material.pages, *material.pictures]


def _batches(wanted: Collection[str]) -> list[list[str]]:
    ordered = sorted(wanted)
    return [ordered[at : at + 500] for at in range(0, len(ordered), 500)]
