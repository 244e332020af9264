"""Days and months of Shanghai inside the database, on SQLite and PostgreSQL alike. China keeps one offset, UTC+8."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class shanghai_day(GenericFunction[Any]):  # noqa: N801  (it reads as a function of the database)
    """The Shanghai date of an instant."""

    type = Date()
    inherit_cache = True


class shanghai_month(GenericFunction[str]):  # noqa: N801
    """The Shanghai month of an instant, as YYYY-MM."""

    type = String()
    inherit_cache = True


class days_between(GenericFunction[int]):  # noqa: N801
    """How many days after the second instant's Shanghai date the first one's is."""

    type = Integer()
    inherit_cache = True


@compiles(shanghai_day, "sqlite")
def _day_sqlite(element: shanghai_day, compiler: SQLCompiler, **how: Any) -> str:
    return f"date({compiler.process(element.clauses, **how)}, '+8 hours')"


@compiles(shanghai_day, "postgresql")
def _day_postgresql(element: shanghai_day, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **how)} AT TIME ZONE 'Asia/Shanghai' AS date)"


@compiles(shanghai_month, "sqlite")
def _month_sqlite(element: shanghai_month, compiler: SQLCompiler, **how: Any) -> str:
    return f"strftime('%Y-%m', {compiler.process(element.clauses, **how)}, '+8 hours')"


@compiles(shanghai_month, "postgresql")
def _month_postgresql(element: shanghai_month, compiler: SQLCompiler, **how: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **how)} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"


@compiles(days_between, "sqlite")
def _between_sqlite(element: days_between, compiler: SQLCompiler, **how: Any) -> str:
    later, earlier = (compiler.process(clause, **how) for clause in element.clauses)
    return f"CAST(julianday(date({later}, '+8 hours')) - julianday(date({earlier}, '+8 hours')) AS INTEGER)"


@compiles(days_between, "postgresql")
def _between_postgresql(element: days_between, compiler: SQLCompiler, **how: Any) -> str:
    later, earlier = (compiler.process(clause, **how) for clause in element.clauses)
    zone = "AT TIME ZONE 'Asia/Shanghai'"
    return f"(CAST({later} {zone} AS date) - CAST({earlier} {zone} AS date))"
