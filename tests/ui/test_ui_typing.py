"""Typing faster than the screen draws, and the private names of Textual that this rests on."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.changes import ChangesScreen
from lfroadmap.ui.screens.export import ExportScreen
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.ui.screens.moment import MomentScreen
from lfroadmap.ui.screens.snapshots import SnapshotsScreen
from lfroadmap.ui.terminal.keyboard import AltDigit, name_alt_digits
from sitting import OWNER, sitting, value
from terminal import keys

WORDS = ("alpha", "שלום עולם", "b-2", "מה נשמע?", "x", "delta echo", "ירוק", "4.5%", "אבגדהוזחטיכל", "z")


def ten_fields() -> Roadmap:
    fields = tuple(Field(f"f{n}", "long" if n == 4 else "text", label=f"Field {n}") for n in range(10))
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", fields),)),))


@pytest.mark.proof
async def test_two_hundred_keys_at_once_land_in_order_each_in_its_field(home: Path) -> None:
    typed = [(word * 20)[:19] for word in WORDS]
    async with sitting(home, roadmap=ten_fields()) as at:
        await at.type("\x1b2" + "\t".join(typed))
        assert [at.value(f"f{n}") for n in range(10)] == typed
        assert at.focus == "f9"
        await at.saved()
        stored = read(at.path)
        assert [value(stored, f"f{n}") for n in range(10)] == typed
        assert [at.editor(f"f{n}").field.value for n in range(10)] == typed


async def test_keys_to_and_fro_across_tabs_and_commands_stay_in_order(home: Path) -> None:
    async with sitting(home, roadmap=ten_fields()) as at:
        back = keys("shift+tab")
        await at.type(
            f"\x1b2one\ttwo{back}!\t?\x1b1\x1b2again\t\t{keys('backspace')}three\x1b[200~pas\nted\x1b[201~end"
        )
        assert at.value("f0") == "one!again"
        assert at.value("f1") == "two?"
        assert at.value("f2") == "threepas tedend"


async def test_a_key_to_a_field_that_goes_away_holds_up_no_other(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(
            "\x1b2" + "\t" * 6 + "a" + "new task" + "\r" + "second" + "\t" + keys("shift+tab") + "x"
        )
        texts = [task.text for task in at.app.session.roadmap.stages[0].cards[0].tasks]
        assert "new task" in texts
        assert "second" in texts


def test_a_terminals_alt_and_digit_is_named_so() -> None:
    name_alt_digits()
    for key in AltDigit:
        sent = f"\x1b{key.value[-1]}"
        (event,) = XTermParser().feed(sent)
        assert isinstance(event, events.Key)
        assert (event.key, event.character) == (key.value, None)


def test_the_private_names_that_the_keyboard_uses_are_as_expected() -> None:
    assert isinstance(ANSI_SEQUENCES_KEYS, dict)
    assert isinstance(ANSI_SEQUENCES_KEYS["\x1bOP"], tuple)
    pump, event = MessagePump(), events.Key("a", "a")
    assert pump._parent is None
    assert event._stop_propagation is False
    event.stop()
    assert event._stop_propagation is True
    assert isinstance(Message.is_forwarded, property)
    assert event.is_forwarded is False
    event._set_forwarded()
    assert event.is_forwarded is True
    assert inspect.iscoroutinefunction(App.on_event)


F3, F4 = "\x1bOR", "\x1bOS"


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    ("behind", "screen", "written"),
    [
        (F3 + "/Yael", HistoryScreen, "Yael"),
        (F3 + "s" + "aAutumn", SnapshotsScreen, "Autumn"),
        (F4 + "\x7f\x7f-3", ChangesScreen, "-3"),
        ("\x05\tx", ExportScreen, "x"),
        ("\x0fplan", ImportScreen, "plan"),
    ],
)
async def test_keys_typed_ahead_of_a_screen_wait_for_it(
    home: Path, behind: str, screen: type[Screen[object]], written: str
) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2" + "Dana")
        await at.saved()
        await at.type(" Levi" + behind)
        await at.until(lambda: isinstance(at.app.screen, screen))
        field = at.app.screen.focused
        assert isinstance(field, Input)
        assert field.value.endswith(written)
        assert at.value(OWNER) == "Dana Levi"


async def test_keys_typed_ahead_of_the_next_screen_wait_for_it(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2" + "Dana" + F3)
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen) and at.app.screen.listed.entries)
        await at.type("v" + "d+1")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen))
        field = at.app.screen.focused
        assert isinstance(field, Input)
        assert (field.value, at.value(OWNER)) == ("+1", "Dana")


async def test_a_screen_that_goes_lets_the_keys_through_again(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2" + "Dana")
        at.pour("x\x7f" + F3)
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        await at.type(" Levi")
        assert at.value(OWNER) == "Dana Levi"
