"""The base of all screens: what a screen does begins and ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import ClassVar, Self, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.await_remove import AwaitRemove
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.terminal.changed_lines import ChangesCompositor
from lfroadmap.ui.work import start_work

R = TypeVar("R")


class BaseScreen(Screen[R]):
    """A screen that ends once, takes its work with it, and never ends the screen above it.

    Textual removes what is on a screen first and cancels the screen's workers after that: work that goes on
    meanwhile finds nothing left to show itself on. It also lets a screen be dismissed twice, or from under
    another one, and takes away whichever is on top.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("screen")

    place: Place = "app"
    """Where the screen's own commands stand in the table of commands."""
    starts: ClassVar[frozenset[str]] = frozenset()
    """The actions of the roadmap's screen that this one has too, as actions of its own."""
    takes_keys: asyncio.Event | None = None
    """Not set while keys would come too early; None: they never do."""
    on_choice: Callable[[R], None] | None = None
    """Takes the results of a screen that stays under what they open."""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget with the focus; it draws itself when it gets it, and Textual would draw the whole screen."""
    _is_drawn = False
    """True from the first layout, which is drawn, to when Textual asks for the whole once more."""
    _is_replaced = False
    """True from when a screen comes above this one or goes to when this one is drawn again."""
    _was_early = False
    """True if Textual's timer came when there was nothing to draw; it comes again a frame later."""
    _ended = False
    _result: tuple[R | None] | None = None
    """The result of a screen that ends as soon as no other is above it."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor: ChangesCompositor = ChangesCompositor()

    @property
    def focused_place(self) -> Place:
        """The place in the table of commands whose keys work where the focus is."""
        return getattr(self.focused, "hints", self.place)

    @property
    def has_ended(self) -> bool:
        """True if the screen or the app is ending."""
        return self._ended or not (self.is_attached and self.app.is_running)

    async def on_event(self, event: events.Event) -> None:
        """Do not begin where the app ends: there are no widgets to begin with."""
        if not (isinstance(event, events.Mount) and self.has_ended):
            await super().on_event(event)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the screen again.

        Not for the once that Textual asks for when it has just drawn it; and where it does because another
        screen came above or went, this one still looks as it did: it is sent again, and not drawn.
        """
        if regions or layout or recompose:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        if self._is_drawn:
            self._is_drawn = False
            return self
        if self._is_replaced:
            self._compositor.is_uncovered = True
            self._dirty_widgets.add(self)
            self.check_idle()
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def post_message(self, message: Message) -> bool:
        """Take a message; two of them say that Textual will now ask for the whole to be drawn."""
        if isinstance(message, events.ScreenSuspend | events.ScreenResume):
            self._is_replaced = bool(self.outer_size)
        return super().post_message(message)

    def remove(self) -> AwaitRemove:
        """Go without a new layout of the screen below: it has not changed, and is drawn when it resumes."""
        return self.app._prune(self)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        # Textual would draw what the layout moved, and everything behind it where that is wanted as well
        if self._repaint_required:
            self._repaint_required = False
            self._dirty_widgets.add(self)
        super()._refresh_layout(size, scroll)

    def _on_timer_update(self) -> None:
        if self._compositor.is_uncovered and self._repaint_required:
            # Textual would forget which widgets changed, to draw all: these alone are not as they were
            self._repaint_required = False
            self._dirty_widgets.add(self)
        frames = self._compositor.frames
        super()._on_timer_update()
        self._was_early = self._compositor.frames == frames
        if not self._was_early and self.is_active:
            self._is_replaced = False

    def on_idle(self) -> None:
        """Draw what a layout moves at once where the timer came too early for it."""
        if self._was_early and self._layout_required and self.is_current and not self.app._batch_count:
            self._on_timer_update()

    def _screen_resized(self, size: Size) -> None:
        # each layout ends with a resize of the screen itself, and the app sends its own: a start had three
        if size != self.outer_size:
            super()._screen_resized(size)

    def start(self, group: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Begin work in place of what runs in its group, and end it with the screen; not after that."""

        async def run() -> None:
            try:
                await work()
            except NoMatches:
                if not self.has_ended:  # widgets go one after the other, before the screen's work ends
                    raise

        if not self.has_ended:
            start_work(self, run, group, exclusive=True)

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """End with a result, once; under another screen as soon as that is gone."""
        if self.has_ended:
            return AwaitComplete()
        if not self.is_active:
            self._result = (result,)
            return AwaitComplete()
        self._ended = True
        for worker in [worker for worker in self.workers if self in worker.node.ancestors_with_self]:
            worker.cancel()
        return super().dismiss(result)

    def follow_day(self) -> None:
        """Show what depends on the day of today, as the day is another; nothing here does."""

    def follow_roadmap(self) -> None:
        """Show what depends on the roadmap, as it changed; nothing here does."""

    def choose(self, result: R) -> None:
        """Give a result; the screen stays where something takes it, and ends with it else."""
        if self.on_choice is None:
            self.dismiss(result)
        elif not self.has_ended:
            self.on_choice(result)

    def hold_keys(self) -> None:
        """Let keys wait, for they are meant for what is not loaded yet."""
        self.takes_keys = self.takes_keys or asyncio.Event()
        self.takes_keys.clear()

    def release_keys(self) -> None:
        """Let the keys that waited through."""
        if self.takes_keys is not None:
            self.takes_keys.set()

    def action_level_up(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Have the first layout drawn once; end now where that had to wait."""
        self._is_drawn = not self.outer_size
        if (result := self._result) is not None:

            def dismiss() -> None:
                self.dismiss(*result)  # which must not be awaited from the screen itself

            self.call_later(dismiss)


class BaseModal(ModalScreen[R], BaseScreen[R]):
    """A `BaseScreen` with the roadmap showing through; of its notices the newest, above its buttons."""

    DEFAULT_CSS = """
    BaseModal {
        background: $lf-backdrop;
        & > ToastRack { dock: top; align: right top; margin: 0; max-height: 50%; }
        & ToastHolder { display: none; }
        & ToastHolder:last-child { display: block; }
    }
    """
