"""What frame after frame leaves on the terminal is what everything drawn again would show."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.strip import Strip

from lfroadmap.ui.terminal.changed_lines import ChangesCompositor
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.ui.widgets.stage_pane import StagePane
from lfroadmap.words import LANGUAGES, Language
from matrices import quick_every
from sitting import Sitting, sitting
from terminal import keys
from test_ui_changed_lines import lines_drawn
from test_ui_rebuilding import change
from test_ui_structure import plan, some_edit

EDITS = 10


class Frames:
    """The lines that the frames of the roadmap's screen left on a terminal."""

    def __init__(self, at: Sitting) -> None:
        self.at = at
        self.lines = self.whole()

    @property
    def compositor(self) -> ChangesCompositor:
        made = self.at.app.main._compositor
        assert isinstance(made, ChangesCompositor)
        return made

    def whole(self) -> list[Strip]:
        """Everything drawn again."""
        return self.compositor.render_strips()

    def follow(self) -> None:
        """Draw what is to be drawn since the last time."""
        self.take(self.compositor.render_partial_update())

    def take(self, update: object) -> None:
        """What a terminal shows after an update of a part, or of everything."""
        if isinstance(update, LayoutUpdate):
            self.lines = [Strip.join(parts) for parts in update.strips]
        if not isinstance(update, ChopsUpdate):
            return
        for y, first, last in update.spans:
            for (x, strip), end in zip(update.chops[y].items(), update.chop_ends[y], strict=False):
                if strip is not None and x < last and end > first:
                    line = self.lines[y]
                    rest = line.crop(x + strip.cell_length, line.cell_length)
                    self.lines[y] = Strip.join([line.crop(0, x), strip, rest])


def looks(lines: list[Strip]) -> list[list[tuple[str, object]]]:
    return [[(each, style) for text, style, _ in line for each in text] for line in lines]


@pytest.mark.parametrize(
    ("language", "seed"), quick_every(3, [(language, seed) for language in LANGUAGES for seed in range(3)])
)
@pytest.mark.quick_cases(1)
async def test_what_frames_leave_is_the_whole(home: Path, language: Language, seed: int) -> None:
    chance = random.Random(seed)
    async with sitting(home, roadmap=plan(), language=language, size=(120, 40)) as at:
        await at.press("alt+2")
        frames = Frames(at)
        for number in range(EDITS):
            await at.press(chance.choice(["tab", "tab", "escape", "down", "alt+3", "alt+2"]))
            frames.follow()
            await change(at, chance, number)
            frames.follow()
            assert looks(frames.lines) == looks(frames.whole())


async def test_what_is_written_and_removed_leaves_the_whole(home: Path) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.press("alt+2")
        frames = Frames(at)
        steps = ("escape", "a", "z", "enter", "escape", "delete", "ctrl+z", "alt+2", "tab", "tab", "tab", "x")
        for key in steps:
            await at.type(keys(key))
            frames.follow()
            assert looks(frames.lines) == looks(frames.whole()), key


DIALOGS = ("ctrl+p", "f2", "f1", "ctrl+t", "f3")
INSIDE = ("down", "x", "tab", "escape", "escape")


class EveryFrame(Frames):
    """As above, of all that the app draws, too, while somebody waits for it."""

    def __init__(self, at: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(at)
        self.uncovered = 0
        """How often the screen was seen again."""
        monkeypatch.setattr(
            self.compositor, "render_update", partial(self._update, self.compositor.render_update)
        )

    def _update(self, render: Callable[..., object], *args: object, **named: object) -> object:
        uncovered = self.compositor.is_uncovered
        update = render(*args, **named)
        assert isinstance(update, LayoutUpdate) or not uncovered
        self.uncovered += uncovered
        self.take(update)
        return update

    def is_as_drawn_again(self) -> bool:
        """True if the picture looks as it does where every widget is drawn."""
        self.compositor.render_update()
        again = Compositor._render_chops(self.compositor, self.compositor.size.region, lambda y: True)
        return looks(self.lines) == looks([Strip.join(line.values()) for line in again])


@pytest.mark.parametrize(
    ("language", "seed"), quick_every(3, [(language, seed) for language in LANGUAGES for seed in range(3)])
)
@pytest.mark.quick_cases(1)
async def test_a_screen_that_is_seen_again_looks_as_everything_drawn_again(
    home: Path, language: Language, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    async with sitting(home, roadmap=plan(), language=language, size=(120, 40)) as at:
        await at.press("alt+2")
        frames = EveryFrame(at, monkeypatch)
        frames.compositor.render_update(full=True)
        for number in range(EDITS // 2):
            await at.press(chance.choice(DIALOGS))
            if chance.random() < 0.5:  # another window has the same roadmap open
                at.app.change(some_edit(at.app.session.roadmap, chance, number))
            await at.press(*chance.choices(INSIDE, k=2))
            if chance.random() < 0.2:
                at.app.theme = chance.choice(["deep", "paper"])
            while at.app.screen is not at.app.main:
                await at.press("escape")
            await at.saved()
            await at.quiet()
            await at.until(frames.is_as_drawn_again)  # the footer follows a frame later
        assert frames.uncovered > EDITS // 4


async def test_the_screen_below_a_dialog_is_not_drawn_when_it_closes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.press("alt+2")
        main, compositor = at.app.main, Frames(at).compositor
        pane = main.query_one(StagePane)
        await at.until(lambda: pane.panels)  # they come behind the first picture
        compositor.render_update(full=True)
        await at.press("ctrl+t", "escape")
        assert at.app.screen is main
        drawn = lines_drawn(monkeypatch, at)
        assert isinstance(compositor.render_update(), LayoutUpdate)
        assert main.tab_bar not in drawn
        assert not any(isinstance(widget, CardPane) for widget in drawn)


async def test_of_a_screen_that_is_seen_again_is_drawn_what_changed_though_all_was_to_be(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(home, size=(120, 40)) as at:
        await at.press("alt+2")
        frames, footer = EveryFrame(at, monkeypatch), at.app.main.footer
        frames.compositor.render_update(full=True)
        await at.press("ctrl+t")
        at.app.main._repaint_required = True  # as after a change below the dialog
        await at.press("escape")
        assert frames.compositor.is_uncovered
        footer.show([], footer.ends)
        at.app.main._repaint_required = True
        await at.quiet()
        assert frames.is_as_drawn_again()
