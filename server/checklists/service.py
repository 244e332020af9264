"""Installing the templates of this release."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateDocument
from server import ids
from server.audit import service as audit
from server.audit.service import Doer
from server.checklists.installation import load_templates
from storage.database.models import TemplateVersion


async def install_templates(session: AsyncSession, *, actor: Doer) -> int:
    """Add the versions that the district does not have yet; how many. A version once installed never changes."""
    known = set((await session.execute(select(TemplateVersion.code, TemplateVersion.version))).all())
    added = 0
    for document in load_templates():
        if (document.code, document.version) in known:
            continue
        # The office may have gone on by itself: what it published stays in force.
        is_newest = all(version < document.version for code, version in known if code == document.code)
        if is_newest:
            older = update(TemplateVersion).where(TemplateVersion.code == document.code, TemplateVersion.is_current)
            await session.execute(older.values(is_current=False, superseded_on=document.published_on))
        row = version_row(document, holds_from=document.published_on)
        row.is_current = is_newest
        session.add(row)
        detail = {"code": document.code, "version": document.version}
        audit.record(
            session, actor=actor, action="install_template", subject=("template_version", row.id), detail=detail
        )
        added += 1
    return added


def version_row(document: TemplateDocument, *, holds_from: date) -> TemplateVersion:
    """A version as it is kept; it is not in force yet."""
    return TemplateVersion(
        id=ids.uuid7(),
        code=document.code,
        version=document.version,
        subject=document.subject,
        name=msgspec.to_builtins(document.name),
        document=msgspec.to_builtins(document),
        published_on=document.published_on,
        holds_from=holds_from,
        is_current=False,
    )
