"""Portfolios of made roadmaps, with and without files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.portfolio import Member, Portfolio, Unreadable, portfolio_of
from lfroadmap.store.folder.naming import ascii_ids
from lfroadmap.store.library.library import Library
from lfroadmap.words import Language
from samples import TODAY, sample

LATE, SOON = ((date.today() + timedelta(days)).isoformat() for days in (-3, 3))
NAME = "תוכנית רבעון 3"
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


def filled_library(library: Library) -> None:
    """Three roadmaps, of which one has a Hebrew name; Dana is in all of them, in three spellings."""
    tasks = (Task("t1", "Sign", due=LATE, owner="DANA"), Task("t2", "Call", True))
    library.create("acme", one_card("Dana", SOON, *tasks, title="Acme"), "me")
    library.create(NAME, one_card("dana", LATE, title="דנה"), "me")
    library.create("plan", one_card("  Dana ", "", Task("t3", "Ask", due=SOON, owner="Yossi")), "me")


def letters(text: str) -> str:
    """A text without invisible characters, and without the breaks of its lines."""
    return "".join(filter(str.isalnum, text))
