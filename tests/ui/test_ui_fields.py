from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.widgets import Input, TextArea

from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.widgets.fields import TextField
from lfroadmap.ui.widgets.long_field import LongField
from lfroadmap.words import LANGUAGES, Language, words
from samples import TODAY
from sitting import DEADLINE, GAP, GOALS, OWNER, PERIOD, SEGMENTS, Sitting, sitting, value
from terminal import keys

CLEAR = keys("end") + "\x15"
BACK = keys("shift+tab")


async def to_field(at: Sitting, field: str) -> None:
    await at.press("alt+2")
    at.app.main.set_focus(at.editor(field))
    await at.pause()


async def paste(at: Sitting, text: str) -> None:
    at.app.post_message(events.Paste(text))
    await at.quiet()


async def test_every_kind_of_field_is_in_the_file_and_back_on_the_screen(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2דנה לוי\t31.3.26\tfirst\rsecond\tSMB\t30\t  ")
        await at.saved()
    stored = read(at.path)
    expected = {
        OWNER: "דנה לוי",
        DEADLINE: "2026-03-31",
        GOALS: "first\nsecond",
        SEGMENTS: "SMB",
        GAP: "30",
        PERIOD: "quarter",
    }
    assert {field: value(stored, field) for field in expected} == expected
    async with sitting(home) as at:
        await at.press("alt+2")
        for shown in ("דנה לוי", "2026-03-31", "in 16 days", "first", "second", "SMB", "30", "‹ quarter ›"):
            assert at.shows(shown), shown


async def test_what_is_typed_is_durable_within_a_tenth_of_a_second(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        await at.type("x")
        await at.saved()
        at.pour("y")
        await asyncio.sleep(0.1)
        assert value(read(at.path), OWNER) == "xy"


async def test_a_long_text_takes_lines_and_grows(home: Path) -> None:
    async with sitting(home) as at:
        await to_field(at, GOALS)
        editor = at.editor(GOALS)
        assert editor.size.height == 1
        await at.type("one\rtwo\r\rfour")
        assert editor.size.height == 4
        assert at.value(GOALS) == "one\ntwo\n\nfour"
        await paste(at, "\r\nfive\r\nsix")
        assert at.value(GOALS) == "one\ntwo\n\nfour\nfive\nsix"
        assert (editor.size.height, editor.text) == (6, at.value(GOALS))
        await at.press("up", "up", "backspace", "backspace")
        assert at.value(GOALS) == await at.stored(GOALS)
        await at.press("tab")
        assert at.focus == SEGMENTS


async def test_a_paste_into_one_line_takes_all_lines(home: Path) -> None:
    async with sitting(home) as at:
        await to_field(at, OWNER)
        await at.type("[]" + keys("left"))
        await paste(at, "Dana\nLevi\r\n\x1b[31mred\x1b[0m")
        assert at.value(OWNER) == "[Dana Levi red]"
        assert await at.stored(OWNER) == "[Dana Levi red]"


@pytest.mark.proof
async def test_a_pasted_megabyte_is_kept(home: Path) -> None:
    async with sitting(home) as at:
        await to_field(at, GOALS)
        megabyte = ("אבגד efgh " * 10 + "\n") * 10_000
        await paste(at, megabyte)
        await at.type("!")
        assert await at.stored(GOALS) == megabyte + "!"


@pytest.mark.proof
async def test_a_date_is_read_in_every_form(home: Path) -> None:
    forms = {
        "2026-03-31": "2026-03-31",
        "31/3/2026": "2026-03-31",
        "31.3.26": "2026-03-31",
        "today": "2026-03-15",
        "היום": "2026-03-15",
        "+14": "2026-03-29",
        "": "",
    }
    async with sitting(home) as at:
        await to_field(at, DEADLINE)
        settled = {}
        for form in forms:
            await at.type(CLEAR + form + "\t")
            settled[form] = at.value(DEADLINE)
            await at.type(BACK)
        assert settled == forms
        await at.type("+1\r")
        assert (at.value(DEADLINE), at.focus) == ("2026-03-16", DEADLINE)
        assert "2026-03-16" in at.text
        assert "tomorrow" in at.text


WRONG = {
    "31/2/2026": "that month has no such day",
    "1/13/26": "there is no such month",
    "1.1.1066": "the year must lie between",
    "soon": "is not a date",
}


@pytest.mark.proof
async def test_a_wrong_date_is_marked_and_kept(home: Path) -> None:
    async with sitting(home) as at:
        await to_field(at, DEADLINE)
        for typed, reason in WRONG.items():
            await at.type(CLEAR + typed)
            assert reason not in at.text, "nothing is judged while it is being typed"
            await at.type("\t")
            marked(at, typed, reason)
            assert await at.stored(DEADLINE) == typed
            await at.type(BACK)
    async with sitting(home) as at:
        await at.press("alt+2")
        marked(at, "soon", WRONG["soon"])
        await at.type(f"\t{CLEAR}1.4.2026\t")
        assert WRONG["soon"] not in at.text
        assert await at.stored(DEADLINE) == "2026-04-01"


def marked(at: Sitting, typed: str, reason: str) -> None:
    """The reason stands right under what was typed."""
    row = next(n for n, line in enumerate(at.lines) if line.lstrip(" │").startswith("Deadline"))
    assert typed in at.lines[row]
    assert reason in at.lines[row + 1]
    editor = at.editor(DEADLINE)
    assert isinstance(editor, Input)
    assert editor.value == typed


async def test_a_number_that_is_none_is_marked_and_kept(home: Path) -> None:
    async with sitting(home) as at:
        await to_field(at, GAP)
        await at.type("many\t")
        assert "there is no number in it" in at.text
        assert await at.stored(GAP) == "many"
        await at.type(f"{BACK}{CLEAR}2.5\t")
        assert "there is no number in it" not in at.text
        assert await at.stored(GAP) == "2.5"


async def test_a_choice_goes_through_its_options(home: Path) -> None:
    async with sitting(home) as at:
        await to_field(at, PERIOD)
        assert "‹ choose ›" in at.text
        chosen = []
        for key in ("space", "right", "down", "left", "up", "up", "delete"):
            await at.press(key)
            chosen.append(at.value(PERIOD))
        assert chosen == ["month", "quarter", "half", "quarter", "month", "year", ""]
        await at.click(at.editor(PERIOD), x=2)
        assert await at.stored(PERIOD) == "month"
        assert "‹ month ›" in at.text


async def test_letters_of_commands_are_only_letters_in_a_field(home: Path) -> None:
    async with sitting(home) as at:
        await to_field(at, OWNER)
        before = at.app.session.roadmap.stages[0].cards[0].tasks
        await at.type("a d q / ?")
        assert at.value(OWNER) == "a d q / ?"
        assert at.app.session.roadmap.stages[0].cards[0].tasks is before
        assert isinstance(at.editor(GOALS), TextArea)


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_example_that_has_no_room_ends_in_a_sign_that_it_is_cut(
    home: Path, language: Language
) -> None:
    async with sitting(home, language=language) as at:
        for size in ((120, 40), (80, 24), (64, 20)):
            await at.pilot.resize_terminal(*size)
            await at.press("alt+2")
            shown = [each for each in at.app.main.query("*") if isinstance(each, TextField | LongField)]
            assert any(str(each.placeholder).endswith("…") for each in shown) or size[0] > 64
            for each in shown:
                example, drawn = str(each.placeholder), each.render_line(0).text
                assert cell_len(example) <= each.content_size.width
                assert example == each.example or example.endswith("…")
                assert cell_len(drawn.strip()) == cell_len(example) or each.field.value


async def test_the_days_of_a_deadline_are_counted_until_the_card_is_done(home: Path) -> None:
    async with sitting(home) as at:
        at.app.change(SetField(DEADLINE, (TODAY - timedelta(3)).isoformat()))
        await at.press("alt+2")
        assert "3 days late" in at.text
        for each in at.app.session.roadmap.stages[0].cards[0].tasks:
            at.app.change(Tick(each.id, True, TODAY.isoformat()))
        await at.pause()
        assert "3 days late" not in at.text
        await at.press("ctrl+z")
        await at.until(lambda: "3 days late" in at.text)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_start_behind_the_deadline_is_said_beside_it(home: Path, language: Language) -> None:
    fields = (
        Field("from", "date", "start", "From", "2026-04-01"),
        Field("by", "date", "deadline", "By", "2026-04-02"),
    )
    roadmap = Roadmap("r", "R", "", (Stage("s", "S", (Card("c", "C", fields),)),))
    said = words(language)("report.start_behind")
    async with sitting(home, roadmap=roadmap, language=language) as at:
        await at.type(keys("alt+2"))
        assert not at.shows(said)
        at.app.change(SetField("by", "2026-03-31"))
        await at.until(lambda: at.shows(said))
        at.app.change(SetField("from", "2026-03-31"))
        await at.until(lambda: not at.shows(said))
