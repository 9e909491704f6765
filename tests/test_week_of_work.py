"""A week of a manager's work, typed on a real terminal: a day is a start of the program, on a later date."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from lfroadmap.roadmap.search_query import query_text
from lfroadmap.roadmap.task_filter import TaskFilter
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.words import Language
from manager import LATE, NAME, REVIEW, Manager, tasks


def monday(at: Manager) -> None:
    """A late task gets a new day on the timeline, and waits for another."""
    with at.day(0) as today:
        at.press("f6")
        at.sees_words("due.title")
        at.sees(at.plan.bank)
        at.press("enter")
        at.waits_in_the_checklist()
        at.press("alt+8")
        at.sees(at.say.day(LATE))
        at.press(*[f"shift+{at.behind}"] * 5)
        at.sees(at.say.day(today + timedelta(2)))
        at.press("enter")
        at.waits_in_the_checklist()
        at.press("b")
        at.sees_words("relation.choose_waits_for", name=at.plan.bank)
        at.write(at.plan.offer_word, "enter")
        at.terminal.wait_for("◆")
    bank = at.task(at.plan.bank)
    assert bank.due == (today + timedelta(2)).isoformat()
    assert [each.target for each in bank.relations] == [at.task(at.plan.offer).id]


def tuesday(at: Manager) -> None:
    """The review comes again each week: the tick makes the next; undo takes both back, redo makes them."""
    with at.day(1):
        at.go_to(at.plan.review_word, at.plan.review)
        at.press("r")
        at.sees_words("relation.how_often", name=at.plan.review)
        at.press("enter")
        at.terminal.wait_for("↻")
        for names, done in ((("space",), True), (("ctrl+z",), False), (("ctrl+y",), True)):
            at.press(*names)
            at.sees_ticks(done)
    assert at.task(at.plan.review, done=True).due == REVIEW.isoformat()
    assert at.task(at.plan.review).due == (REVIEW + timedelta(7)).isoformat()
    assert at.task(at.plan.review).repeat == "week"


def wednesday(at: Manager) -> None:
    """What Dana has open is searched and kept under a name; the offer is ticked, and the bank is ready."""
    wanted = TaskFilter(owner=at.plan.dana, is_open=True)
    with at.day(2):
        at.press("ctrl+f")
        at.sees_words("search.placeholder")
        at.write(query_text(wanted, at.say))
        at.sees(at.plan.offer)
        at.press("tab", *[at.behind] * 6, "enter")
        at.sees_words("filter.choose_saved")
        at.press("enter")
        at.sees_words("filter.save")
        at.write(at.plan.mine, "enter")
        at.sees_words("filter.is_saved", name=at.plan.mine)
        at.press("tab", "down", "enter")
        at.waits_in_the_checklist()
        at.press("space")
        at.sees_ticks(True)
        at.terminal.wait_for(lambda shown: "◆" not in shown)
    listed = at.run("list-tasks", "--filter", at.plan.mine, "--in", NAME)
    assert at.plan.bank in listed and at.plan.offer not in listed


def thursday(at: Manager) -> None:
    """Dana has a family name everywhere, days are written in another way, and the bank has a note."""
    with at.day(3):
        at.choose("people")
        at.sees(at.plan.noa)
        at.press("r")
        at.sees_words("people.rename_title", name=at.plan.dana)
        at.press("ctrl+u")
        at.write(at.plan.dana_levi, "enter")
        at.sees_words("people.stays")
        at.press("shift+tab", "enter")
        at.sees_words("people.done", old=at.plan.dana, new=at.plan.dana_levi)
        at.press("escape")
        at.sees_no_more("people.title")
        at.press("f12")
        at.sees_words("settings.name_date_format")
        at.press("down", "down", *[at.before] * 2)
        at.sees("D/M/YYYY")
        at.press("escape")
        at.sees_no_more("settings.title")
        at.go_to(at.plan.bank, at.plan.bank)
        at.press("n")
        at.sees_words("notes.title", name=at.plan.bank)
        at.write(at.plan.note)
        at.sees(at.plan.note)
        at.press("enter")
        at.terminal.wait_for(lambda shown: shown.count(at.drawn(at.plan.note)) == 1)
        at.press("escape")
        at.sees_no_more("notes.title")
    assert 'date_format = "D/M/YYYY"' in (at.home / "config" / "settings.toml").read_text("utf-8")
    owners = {each.owner for each in tasks(at.stored())}
    assert owners == {"", at.plan.dana_levi, at.plan.noa}
    assert [note.text for note in at.task(at.plan.bank).notes] == [at.plan.note]


def friday(at: Manager) -> Path:
    """A KPI is written down, the moment named, a page made; the changes of the week are read."""
    with at.day(4) as today:
        at.press("alt+6")
        at.sees_words("command.add_kpi")
        at.press(*[at.behind] * 4, "enter")
        at.write("12", "enter")
        at.terminal.wait_for("12")
        at.choose("snapshots")
        at.sees_words("command.new_snapshot")
        at.press("a")
        at.write(at.plan.friday, "enter")
        at.sees_words("snapshots.made", name=at.plan.friday)
        at.press("escape")
        at.sees_no_more("snapshots.title")
        at.press("ctrl+e")
        at.sees("HTML")
        at.press("enter")
        at.sees(" ".join(at.say("export.written", path="").split()[:2]))
        at.press("f4")
        at.sees_words("changes.title")
        at.sees(at.plan.bank)
        at.press("escape")
    assert at.stored().kpis[0].current == "12"
    assert at.plan.friday in at.run("snapshot", NAME)
    (page,) = at.home.glob("*.html")
    assert today.isoformat() in page.name
    return page


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_week_of_work_is_there_at_its_end(tmp_path: Path, language: Language) -> None:
    at = Manager(tmp_path, language)
    at.begin()
    for work in (monday, tuesday, wednesday, thursday):
        work(at)
    page = friday(at)
    left = at.stored()
    with at.day(4):  # it opens where it was left, and shows what was done
        at.terminal.wait_for("12")
        at.go_to(at.plan.note, at.plan.note)
        at.sees(at.plan.bank)
    assert at.stored() == left
    at.run("import", str(page), "--name", "copy")
    assert read(at.path.with_name("copy.roadmap")) == left
    written = page.read_text("utf-8")
    assert all(each in written for each in (at.plan.dana_levi, at.plan.note, at.plan.review))
