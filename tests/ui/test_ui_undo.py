from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.bidi.marks import FSI, LRI, PDI, RLI
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.structure import Remove
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.ui.actions.store_events import LONGEST
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.widgets.kpi_table import KpiTable
from lfroadmap.words import Language
from sitting import DEADLINE, FIRST_CARD, GOALS, OWNER, SEGMENTS, Sitting, kpi, sitting, task
from terminal import keys

UNDO, REDO = "\x1a", "\x19"
RATE = "kpi.return-rate"


async def undone(at: Sitting, sent: str = UNDO) -> None:
    await at.type(sent)
    await at.saved()
    await at.pause()


async def test_undo_writes_the_focused_field_and_redo_writes_it_again(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        editor = at.editor(OWNER)
        await undone(at)
        assert (editor.value, at.value(OWNER), await at.stored(OWNER)) == ("", "", "")
        await undone(at, REDO)
        assert (editor.value, at.value(OWNER), await at.stored(OWNER)) == ("Dana",) * 3
        await at.type("!")
        assert at.value(OWNER) == "Dana!"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("language", "undo", "redo"), [("en", "undo · ", "redo · "), ("he", "ביטול", "ביצוע חוזר")]
)
async def test_the_history_tells_an_undo_from_a_redo(
    home: Path, language: Language, undo: str, redo: str
) -> None:
    async with sitting(home, language=language) as at:
        await at.type("\x1b2Dana")
        for sent in (UNDO, REDO, UNDO):
            await undone(at, sent)
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen) and at.shows(redo))
        at.app.clear_notifications()  # they say the same
        await at.pause()
        rows = [line for line in at.lines if "dana" in line.lower() and "Dana" in line]
        kinds = [kind for line in rows for kind in (undo, redo) if kind in line or kind[::-1] in line]
        assert kinds == [undo, redo, undo]


@pytest.mark.proof
async def test_nothing_is_undone_behind_a_dialog(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        await at.saved()
        for dialog in ("\x05", "\x0f"):
            await at.type(dialog)
            await at.until(lambda: at.app.screen is not at.app.main)
            await undone(at)
            assert at.value(OWNER) == "Dana"
            await at.press("escape")
            await at.until(lambda: at.app.screen is at.app.main)
        await undone(at)
        assert at.value(OWNER) == ""


async def test_each_field_is_a_step_and_undo_goes_to_its_place(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t\tfirst\rsecond\tSMB\x1b4")
        assert at.tab == "ai"
        steps = []
        for _ in range(4):
            await undone(at)
            steps.append((at.tab, at.focus, at.value(OWNER), at.value(GOALS), at.value(SEGMENTS)))
        assert steps == [
            ("strategy", SEGMENTS, "Dana", "first\nsecond", ""),
            ("strategy", GOALS, "Dana", "", ""),
            ("strategy", OWNER, "", "", ""),
            ("strategy", OWNER, "", "", ""),
        ]
        assert at.editor(GOALS).text == ""
        assert "There is nothing to undo." in at.notices
        await undone(at, REDO * 2)
        assert at.editor(GOALS).text == "first\nsecond"
        assert at.focus == GOALS


async def test_undo_works_after_a_restart(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t1.4.26\t")
        await at.type("\x1b6" + "\r" + "Mine\r")
        await at.saved()
    async with sitting(home) as at:
        await undone(at)
        assert (at.tab, at.focus, kpi(at.app.session.roadmap, RATE).measure) == ("kpis", RATE, None)
        await undone(at)
        assert (at.tab, at.focus) == ("strategy", DEADLINE)
        assert at.value(OWNER) == "Dana"
        assert at.value(DEADLINE) in ("", "1.4.26")
    async with sitting(home) as at:
        await undone(at, REDO * 2)
        assert at.value(DEADLINE) == "2026-04-01"
        assert kpi(read(at.path), RATE).measure == "Mine"


async def test_ticks_removals_and_moves_are_taken_back_where_they_were(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        before = at.checklist().card.tasks
        second = before[1].id
        await at.type(keys("down") + " " + keys("alt+down", "delete"))
        assert second not in [t.id for t in at.checklist().card.tasks]
        await undone(at)
        assert at.focus == second
        assert at.checklist().card.tasks[2].id == second
        await undone(at)
        assert at.checklist().card.tasks[1].id == second
        assert task(at.app.session.roadmap, second).done
        assert "1/8" in at.text or "1/7" in at.text
        await undone(at)
        assert at.checklist().card.tasks == before == read(at.path).stages[0].cards[0].tasks
        assert at.checklist().card.id == FIRST_CARD


@pytest.mark.proof
async def test_tasks_added_in_a_row_are_a_step_each_and_the_empty_last_one_is_none(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        before = at.checklist().card.tasks
        await at.type("aone\rtwo\r" + "\r")
        await at.type("a")
        await at.press("escape")
        left = []
        for _ in range(2):
            await undone(at)
            left.append([t.text for t in at.checklist().card.tasks if t.text is not None])
        assert left == [["one"], []]
        assert at.checklist().card.tasks == before
        await undone(at, REDO * 2)
        assert [t.text for t in at.checklist().card.tasks][1:3] == ["one", "two"]


async def test_undo_in_the_kpi_table_goes_to_the_row(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b6" + keys("down", "delete", "up"))
        await undone(at)
        assert at.focus == "kpi.return-time"
        assert at.one(KpiTable).cursor == 2


async def test_undo_while_a_text_is_typed_takes_back_all_that_was_typed_since(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        first = at.checklist().card.tasks[0].id
        await at.type("\r and more")
        await undone(at)
        assert task(at.app.session.roadmap, first).text in (None, "Choose the market segments to start with")
        assert "and more" not in at.text


async def test_undo_overwrites_nobodys_newer_work_and_says_so(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana\t")
        await at.saved()
        other = Store(at.path, "yossi")
        other.start(lambda event: None)
        other.submit(SetField(OWNER, "Yossi"))
        other.close()
        await at.until(lambda: at.value(OWNER) == "Yossi")
        await undone(at)
        assert (at.value(OWNER), await at.stored(OWNER)) == ("Yossi", "Yossi")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert "Their change was kept" in at.app.screen.question


FIRST_TASK = "strategy.goals.choose-segments"
CHOOSE = "Choose the market segments to start with"


def notices(at: Sitting) -> list[str]:
    return [notice.message for notice in at.app._notifications]


@pytest.mark.proof
async def test_undo_and_redo_say_what_they_did_in_the_words_of_the_history(home: Path) -> None:
    async with sitting(home, size=(120, 40)) as at:
        at.app.change(Tick(FIRST_TASK, True, "2026-01-01"))
        await at.saved()
        at.app.change(Remove(FIRST_TASK))
        await at.saved()
        said = []
        for sent in (UNDO, UNDO, REDO, REDO):
            await at.type(sent)
            await at.until(lambda: notices(at) and notices(at) not in said)
            said.append(notices(at))
        assert said == [
            [f"undo · added the task: {CHOOSE}"],
            [f"undo · unticked: {CHOOSE}"],
            [f"redo · ticked: {CHOOSE}"],
            [f"redo · removed the task: {CHOOSE}"],
        ]
        await at.press("f3")
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen) and at.shows(said[-1][0][:50]))


@pytest.mark.proof
async def test_an_undo_takes_away_the_notice_of_what_it_took_back_and_no_warning(home: Path) -> None:
    async with sitting(home, language="he") as at:
        at.app.notify("a warning", severity="warning")
        at.app.main.set_focus(None)
        await at.type("\x1b2")
        at.app.main.set_focus(at.checklist())
        await at.type(keys("delete"))
        await at.until(lambda: len(notices(at)) == 2)
        await undone(at)
        await at.until(lambda: any("ביטול · " in notice for notice in notices(at)))
        assert len(notices(at)) == 2
        assert "a warning" in notices(at)


async def test_a_long_sentence_is_cut_and_its_isolates_closed(home: Path) -> None:
    async with sitting(home, language="he") as at:
        at.app.change(SetField(GOALS, "long words " * 100))
        await at.saved()
        await undone(at)
        await at.until(lambda: notices(at))
        (notice,) = notices(at)
        assert len(notice) <= LONGEST + 3
        assert notice.rstrip(PDI).endswith("…")
        assert sum(map(notice.count, (LRI, RLI, FSI))) == notice.count(PDI) > 0
