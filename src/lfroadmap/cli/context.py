"""A command, and what it works with: its options, the words, the settings and the library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from lfroadmap.cli.options import Argument, Options, arguments_of, read_options
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.settings import Settings
from lfroadmap.store.library.library import Library, no_roadmap
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.cli.output import Output
    from lfroadmap.cli.screen import ScreenLoader
    from lfroadmap.roadmap.portfolio import Unreadable
    from lfroadmap.store.folder.notices import Notice

YES = ("y", "yes", "כ", "כן")
"""Answers that agree."""
T = TypeVar("T", bound=Options)
T_co = TypeVar("T_co", covariant=True)


class Surroundings(NamedTuple):
    """What every command works with, whatever its options are."""

    words: Words
    settings: Settings
    library: Library
    load_screen: ScreenLoader
    output: Output


class CommandContext(NamedTuple, Generic[T_co]):
    """A command's options and the places it works on."""

    options: T_co
    words: Words
    settings: Settings
    library: Library
    load_screen: ScreenLoader
    output: Output

    def say(self, key: str, **facts: object) -> None:
        """Print a line of words; names and paths in it come as they may be shown."""
        self.output.text(self.words(key, **facts))

    def notify(self, notice: Notice) -> None:
        """Report on the standard error, once, what is to be known of a file beside what was asked."""
        self.output.notice(self.words(f"recovery.{notice.key}", **notice.facts))

    def remark(self, notice: Notice) -> None:
        """As `notify`, for work that must not wait for its terminal."""
        self.output.notice(self.words(f"recovery.{notice.key}", **notice.facts), may_drop=True)

    def complain(self, error: RoadmapError) -> None:
        """Report an error on the standard error, and go on."""
        self.output.complaint(self.words.error(error))

    def report_unread(self, unread: Sequence[Unreadable], *, shown: bool = False) -> int:
        """Report roadmaps that cannot be read on the standard error; the exit status, 1 where there are any.

        With `shown`, the result has the reason beside each name, and they are only counted.
        """
        if unread and shown:
            self.output.complaint(self.words.plural("portfolio.unread", len(unread)))
        for each in () if shown else unread:
            self.complain(each.error)
        return 1 if unread else 0

    def asks(self, question: str) -> bool:
        """Ask a question that is answered by yes or no; the end of the input is a no."""
        answer = self.output.ask(question)
        return answer is not None and answer.strip().lower() in YES

    def agrees(self, question: str, refusal: UsageError, *, yes: bool) -> bool:
        """True if the person says yes, by --yes or when asked; raises `refusal` where nobody can be asked."""
        if yes:
            return True
        self.need_terminal(refusal)
        return self.asks(question)

    def need_terminal(self, refusal: UsageError) -> None:
        """Raise `refusal` where nobody can be asked."""
        if not sys.stdin.isatty():
            raise refusal

    def chosen_name(self, name: str | None) -> str:
        """The roadmap that was named, by its name or its id, or the last one.

        Raises RoadmapError where there is no such roadmap.
        """
        name = name or self.library.last()
        if name is None:
            raise RoadmapError("no_roadmaps", path=self.library.folder)
        found = self.library.named(name)
        if found is None:
            raise no_roadmap(self.library, name)
        return found

    def stored(self, name: str) -> Roadmap:
        """The roadmap as it stands in its file, with a notice where some of it is not shown.

        Raises BrokenStore.
        """
        from lfroadmap.store.sqlite.file_format import read

        return read(self.library.path(name), self.notify)


AnyContext = CommandContext[object]
"""The context of any command, for what does not look at its options."""


class Runnable(Protocol):
    """A command of the table, whatever its options are."""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """What it takes on the command line."""
        ...

    def prepare(self, argv: Sequence[str], name: str) -> Callable[[Surroundings], int]:
        """Read the options, and return what runs the command with them; raises UsageError."""
        ...


class Command(Generic[T]):
    """A command with the dataclass of its options."""

    def __init__(
        self, options: type[T], run: Callable[[CommandContext[T]], int], *, needs_library: bool = True
    ) -> None:
        self.options = options
        self.run = run
        self.needs_library = needs_library
        """True if interrupted work on the library is finished before the command runs."""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """What it takes on the command line."""
        return arguments_of(self.options)

    def prepare(self, argv: Sequence[str], name: str) -> Callable[[Surroundings], int]:
        """Read the options, and return what runs the command with them; raises UsageError."""
        options = read_options(self.options, argv, name)

        def run(around: Surroundings) -> int:
            context = CommandContext(options, *around)
            context.library.notify = context.notify
            if self.needs_library:
                context.library.recover()
            return self.run(context)

        return run


def needed(value: str | None, argument: str, command: str) -> str:
    """An argument that the command cannot do without; raises UsageError where it is not there.

    `argument` is its name as the help prints it: `TASK`, `--card`.
    """
    if not value:
        raise UsageError("missing_argument", argument=argument, command=command)
    return value


def whole_number(text: str, most: int) -> int | None:
    """The number that an option's value writes in digits, no more than `most`; None for anything else.

    Long rows of digits are never converted: Python refuses thousands of them.
    """
    typed = text.strip()
    number = int(typed) if typed.isdecimal() and len(typed) <= len(str(most)) else -1
    return number if 0 <= number <= most else None
