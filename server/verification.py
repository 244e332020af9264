"""Walking everything that must never change: the audit chain and its heads, the rows, the photos and what lies beside
them (R86, R89)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from server import clock
from server.agreement import rows_that_do_not_fit
from server.audit.heads import heads_that_do_not_fit
from server.audit.service import verify_chain
from server.district import District
from server.photos.desk import photo_key
from server.photos.soundness import damage_of, every_photo, strays


@dataclass
class Verdict:
    """What a walk found: the first event that does not fit, and of all else how many of each fault and the first."""

    broken_event: int | None = None
    photos: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return self.broken_event is None and not self.faults

    def note(self, fault: str, key: str) -> None:
        self.faults[fault] += 1
        self.first.setdefault(fault, key)

    def lines(self) -> list[str]:
        """What to tell the administrator."""
        chain = "holds" if self.broken_event is None else f"breaks at event {self.broken_event}"
        faults = [f"{fault}: {count}, the first {self.first[fault]}" for fault, count in self.faults.items()]
        return [f"the audit chain {chain}", f"photos read from end to end: {self.photos}", *faults]


async def verify(district: District) -> Verdict:
    """Read everything once; nothing is changed. Raises ObjectStoreError when the store does not answer."""
    async with district.database.reading() as session:
        verdict = Verdict(broken_event=await verify_chain(session))
    async for photo in every_photo(district):
        verdict.photos += 1
        damage = await damage_of(district.objects, photo)
        if damage is not None:
            verdict.note(f"photos, {damage}", photo_key(photo.sha256))
    async for key in strays(district, clock.now()):
        verdict.note("photos, without a receipt", key)
    async for fault, key in rows_that_do_not_fit(district):
        verdict.note(fault, key)
    async for fault, key in heads_that_do_not_fit(district):
        verdict.note(fault, key)
    return verdict
