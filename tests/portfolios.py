"""Portfolios of made roadmaps, which no file was read for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.portfolio import Member, Portfolio, Unreadable, portfolio_of
from lfroadmap.store.folder.naming import ascii_ids
from lfroadmap.words import Language
from samples import TODAY, sample

CHANGED = datetime(2026, 3, 14, 9, 30, tzinfo=timezone(timedelta(hours=2)))


def member(name: str, roadmap: Roadmap, language: Language = "en") -> Member:
    return Member(name, ascii_ids([name])[name], roadmap, language, CHANGED, TODAY, 7)


def unreadable(name: str) -> Unreadable:
    return Unreadable(name, name, BrokenStore("store_newer", path=Path(f"/plans/{name}.roadmap")))


def together(*rows: Member | Unreadable) -> Portfolio:
    return portfolio_of(rows, TODAY)


def of_all(roadmaps: Iterable[Roadmap], language: Language = "en") -> Portfolio:
    return together(*(member(f"plan {n}", roadmap, language) for n, roadmap in enumerate(roadmaps)))


def one_card(owner: str, deadline: str, *tasks: Task, title: str = "Sales") -> Roadmap:
    """A roadmap of one card."""
    fields = (
        Field("c.owner", "text", "owner", "Owner", owner),
        Field("c.day", "date", "deadline", "Deadline", deadline),
    )
    return Roadmap("r", title, "", (Stage("s", "Stage", (Card("c", "Card", fields, tasks),)),))


def sample_portfolio(language: Language) -> Portfolio:
    """Two samples, a plan of people who are in several, and a file of a newer version."""
    tasks = (
        Task("t1", "לסגור תקציב", due="2026-03-20", owner="דנה  לוי"),
        Task("t2", "Call Salesforce", due="2026-03-10", owner="dana levi"),
        Task("t3", "Sign", True, due="2026-03-01", owner="YOSSI"),
    )
    return together(
        member("acme", sample("en"), language),
        unreadable("newer"),
        member("sales", one_card("Dana Levi", "2026-06-01", *tasks), language),
        member("תוכנית רבעון 3", sample("he"), language),
    )
