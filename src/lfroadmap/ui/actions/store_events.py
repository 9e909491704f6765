"""The reactions of the window to the events of the store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lfroadmap.bidi.cutting import cut
from lfroadmap.store.events import (
    Changed,
    ChangeSource,
    Event,
    Marked,
    Merged,
    Outdated,
    PartlyRead,
    SaveFailing,
    Undone,
)
from lfroadmap.text import one_line
from lfroadmap.ui.actions.apply import report_outdated
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.shell import Answer
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lfroadmap.errors import RoadmapError
    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.store.history.change_entries import ChangeEntry
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

LONGEST = 140
"""Characters of a sentence in a notice."""
MOST_TAKEN = 3
"""Removed things that are named in notices of their own."""
MANY = 10
"""Changes of one person elsewhere from which on a notice says how many there are."""


def report(session: Session, shell: Shell, event: Event, failed: RoadmapError | None) -> None:
    """Say what a person wants to know of; `failed` is why saving failed before the event."""
    words = session.words
    if failed is not None and session.failing is None:
        shell.notify(words("saved.mended"))
    match event:
        case SaveFailing(error=error):
            if failed is None or failed.key != error.key:
                shell.notify(words.error(error), severity="error", timeout=30)
        case Marked(name=name):
            shell.notify(words("snapshots.made", name=name) if name else words("bin.emptied"))
        case PartlyRead(things=things):
            shell.notify(words.plural("saved.left_out", things), severity="warning", timeout=30)
        case Changed(sources=sources) if sources:
            from lfroadmap.ui.change_sources import describe_sources  # noqa: PLC0415 - for changes elsewhere only

            shell.show_changed_by(describe_sources(sources, words))
        case Outdated():
            report_outdated(session, shell)
        case Undone(newer=None, kind=kind, outcome=outcome) if outcome != "done":
            shell.notify(words(f"undo.{kind}_{outcome}"), severity="warning", timeout=4)
        case _:
            pass


def is_told_of(event: Event) -> bool:
    """True if a person may have to know more of changes elsewhere."""
    if isinstance(event, Merged):
        return bool(event.hidden)
    return isinstance(event, Changed) and (bool(event.merged) or is_large(event.sources))


async def tell_elsewhere(session: Session, shell: Shell, event: Event) -> None:
    """Say what a person must know of changes elsewhere: large ones, and removals of what they work on."""
    if isinstance(event, Merged):
        await _show_edited(session, shell, event)
    if not isinstance(event, Changed):
        return
    if is_large(event.sources):
        await show_large(session, shell, event.sources)
    if event.merged:
        await _show_taken(session, shell, event)


async def _show_taken(session: Session, shell: Shell, event: Changed) -> None:
    """Say what colleagues removed that this person was changing, and where it is."""
    from lfroadmap.usecases.removed import describe_removed  # noqa: PLC0415 - with a team only
    from lfroadmap.usecases.removed_by_others import removed_by_others  # noqa: PLC0415

    words = session.words
    path, merged = session.store.path, frozenset(event.merged)
    found = await asyncio.to_thread(removed_by_others, path, event.roadmap, merged)
    if not found:
        return
    for each in describe_removed(found[:MOST_TAKEN], event.roadmap, words):
        who = one_line(each.author) or words("elsewhere.unknown")
        text = words("elsewhere.took", who=who, kind=each.kind, name=each.name)
        shell.notify(text, severity="warning", timeout=30)
    if len(found) > MOST_TAKEN:
        shell.notify(words("elsewhere.took_more", n=len(found) - MOST_TAKEN), severity="warning", timeout=30)


async def _show_edited(session: Session, shell: Shell, event: Merged) -> None:
    """Say what colleagues changed that was removed here, and where it is."""
    from lfroadmap.usecases.removed import describe_removed  # noqa: PLC0415 - with a team only
    from lfroadmap.usecases.removed_by_others import edited_by_others  # noqa: PLC0415

    words, roadmap = session.words, session.roadmap
    found = await asyncio.to_thread(edited_by_others, session.store.path, roadmap, event.hidden)
    if not found:
        return
    described = describe_removed((each.removed for each in found), roadmap, words)
    for each, shown in list(zip(found, described, strict=True))[:MOST_TAKEN]:
        who = [one_line(name) or words("elsewhere.unknown") for name in each.authors]
        text = words("elsewhere.edited", who=who, kind=shown.kind, name=shown.name)
        shell.notify(text, severity="warning", timeout=30)
    if len(found) > MOST_TAKEN:
        text = words("elsewhere.edited_more", n=len(found) - MOST_TAKEN)
        shell.notify(text, severity="warning", timeout=30)


async def show_large(session: Session, shell: Shell, sources: Sequence[ChangeSource]) -> None:
    """Say what an undo, an import, a reset or many changes elsewhere did, as the history says it."""
    from lfroadmap.ui.change_sources import describe_sources  # noqa: PLC0415 - for changes elsewhere only

    words, many = session.words, sum(source.changes for source in sources)
    large = next((source for source in sources if source.large), None)
    if large and large.large:
        line = await asyncio.to_thread(_line_of, session, large.large)
        who, what = describe_sources((large,), words), shorten(line.change.sentence)
    else:
        who, what = describe_sources(sources, words), words("elsewhere.count", n=many)
    shell.notify(words("elsewhere.done", who=who, what=what), timeout=5)


async def show_done(session: Session, shell: Shell, entry: ChangeEntry) -> None:
    """Say what an undo or redo did, as the history says it, in place of the notices of what it took back."""
    line = await asyncio.to_thread(_line_of, session, entry)
    shell.clear_notices("information")
    shell.notify(shorten(line.change.sentence), timeout=5)


def is_large(sources: Sequence[ChangeSource]) -> bool:
    """True if somebody elsewhere did more than some edits; of many who type at once each does few."""
    return any(source.large or source.changes >= MANY for source in sources)


def _line_of(session: Session, entry: ChangeEntry) -> HistoryLine:
    from lfroadmap.report.change_log import lines_of  # noqa: PLC0415 - loaded at the first undo
    from lfroadmap.ui.actions.history import formatter  # noqa: PLC0415

    (line,) = lines_of((entry,), formatter(session))
    return line


async def show_newer(session: Session, shell: Shell, kind: str, entry: ChangeEntry) -> None:
    """Say whose newer change an undo would have overwritten, and offer to show it."""
    from lfroadmap.ui.actions.history import go_there  # noqa: PLC0415 - loaded when there is such a change

    words, line = session.words, _line_of(session, entry)
    at = entry.made or entry.at
    when = f"{words.day(at.date())} {at:%H:%M}"
    own = "_own" if entry.actor != "" and entry.actor == session.store.author.actor else ""
    body = words(f"undo.newer{own}", who=one_line(entry.author), when=when, what=line.change.sentence)
    answers = (Answer("show", words("undo.show_newer")), cancel(words))
    if await shell.ask(words(f"undo.{kind}_conflict{own}"), body, answers) == "show":
        await go_there(session, shell, entry.node, line.change.home)


def shorten(sentence: str) -> str:
    """A sentence of the history, cut where it is long, with the ends of the isolates that were cut off."""
    return sentence if len(sentence) <= LONGEST else SafeText(cut(sentence, LONGEST + 1))
