"""Installing the templates of this release."""

from __future__ import annotations

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server import ids
from server.audit import service as audit
from server.audit.service import Doer
from server.checklists.installation import load_templates
from storage.database.models import TemplateVersion


async def install_templates(session: AsyncSession, *, actor: Doer) -> int:
    """Add the versions that the district does not have yet; how many. A version once installed never changes."""
    known = set(await session.execute(select(TemplateVersion.code, TemplateVersion.version)))
    added = 0
    for document in load_templates():
        if (document.code, document.version) in known:
            continue
        older = update(TemplateVersion).where(TemplateVersion.code == document.code).values(is_current=False)
        await session.execute(older)
        row = TemplateVersion(
            id=ids.uuid7(),
            code=document.code,
            version=document.version,
            subject=document.subject,
            name=msgspec.to_builtins(document.name),
            document=msgspec.to_builtins(document),
            published_on=document.published_on,
            is_current=True,
        )
        session.add(row)
        detail = {"code": document.code, "version": document.version}
        audit.record(
            session, actor=actor, action="install_template", subject=("template_version", row.id), detail=detail
        )
        added += 1
    return added
