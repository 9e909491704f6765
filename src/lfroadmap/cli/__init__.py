"""The command line: reads it, runs the command, and reports errors.

The imports of a command are inside it, so that `--version` and `export` do not wait for a screen.

The modules by floor; each imports only modules of the rows before its own:

    argument_kinds  options  screen  signals  streams
    template_options  terminal  watching
    output
    context
    apply_edit  assisting  calculating  candidate  choosing  commands  due  guide  history
    measuring_options  points
    rescue  setting
    searching
    people  reminding  template_saving  watched
    arguments  comparing  doctor  exporting  manual  measuring_elsewhere  measuring_files
    measuring_sample
    opening  plan_changes  roadmaps  serving  snapshots  template_updating
    measuring_output  relating
    measuring_server
    applying  binding  completing  editing  measuring  portfolio  reference  showing  structuring  taking
    team  template_list  trash
    calculators  completion  deal_importing  measuring_into
    importing  measuring_watch
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.errors import Ended, RoadmapError, UsageError
from lfroadmap.skeleton import SKELETON
from lfroadmap.words import Language, locale_language, words

if TYPE_CHECKING:
    from lfroadmap.cli.arguments import CommandLine
    from lfroadmap.cli.output import Output
    from lfroadmap.cli.screen import ScreenLoader
    from lfroadmap.settings import Settings

DONE, NOT_DONE = 0, 1


def run(argv: Sequence[str] | None, load_screen: ScreenLoader) -> int:
    """Run a command; the exit status is 0 for success, 1 for failure, 2 for a command that is not valid."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from lfroadmap.cli.streams import fill_in_closed

        fill_in_closed()
    _escape_what_cannot_be_written()
    with _without_collecting():
        return _status(argv, load_screen)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage: a command is over before there is much, and a start takes a tenth longer with it.

    The screen begins to collect when it is shown.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _status(argv: Sequence[str] | None, load_screen: ScreenLoader) -> int:
    run = _Run(locale_language(dict(os.environ)), load_screen)
    try:
        status = run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except RoadmapError as error:
        return run.complain(error)
    except Ended as end:
        _drop_output(complaints=True)
        return end.status
    except KeyboardInterrupt:
        _drop_output(complaints=True)
        return NOT_DONE
    except BrokenPipeError:
        # the reader of the output has enough
        _drop_output()
        return NOT_DONE
    except OSError as error:
        _drop_output()
        return run.complain(_of_system(error))
    return status


def _of_system(error: OSError) -> RoadmapError:
    """What the system refused; a full disk without a file is the one behind the output."""
    reason = error.strerror or error
    if error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return RoadmapError("no_output", reason=reason)
    return RoadmapError("system", path=error.filename or "", reason=reason)


class _Run:
    """One run of a command, with the language of its messages as far as it is known."""

    def __init__(self, language: Language, load_screen: ScreenLoader) -> None:
        self.language = language
        self._load_screen = load_screen
        self._bidi = "auto"
        self._data_folder: Path | None = None

    def __call__(self, argv: Sequence[str]) -> int:
        from lfroadmap.cli.arguments import named_command, split, take_language

        asked, argv = take_language(argv)
        self.language = asked or self.language
        line = split(argv)
        if line.wants_version:
            from lfroadmap import __version__

            self._output().text(f"lfroadmap {__version__}")
            return DONE
        from lfroadmap.cli.commands import COMMANDS
        from lfroadmap.cli.context import Surroundings
        from lfroadmap.store.library.library import Library, data_folder

        settings = _settings(line)
        settings = replace(settings, bidi=line.bidi or settings.bidi)
        self.language = asked or settings.language or self.language
        self._bidi, self._data_folder = settings.bidi, line.data_folder
        name, given = named_command(line)
        run_in = COMMANDS[name].load().prepare(given, name)
        library = Library(line.data_folder or data_folder())
        said = words(self.language).dated(settings.date_format, settings.week_starts)
        if keys := settings.all_keys:
            from lfroadmap.key_names import key_names

            said = said.naming(key_names(keys))
        around = (said, settings, library, self._load_screen, self._output())
        return run_in(Surroundings(*around))

    def _output(self) -> Output:
        from lfroadmap.cli.output import Output, shell_word

        output = Output(words(self.language).direction, self._bidi)
        if self._data_folder is not None:
            output.options = f"--data-dir {shell_word(str(self._data_folder))}"
        return output

    def complain(self, error: RoadmapError) -> int:
        """Print an error; returns the exit status."""
        SKELETON.take_off()
        say, output = words(self.language), self._output()
        try:
            output.complaint(say.error(error))
            if isinstance(error, UsageError):
                output.text(say("cli.see_help"), sys.stderr)
        except OSError:  # the terminal is gone; the exit status says it
            _drop_output(complaints=True)
        return error.exit_code


def _settings(line: CommandLine) -> Settings:
    """What the person set; the defaults without a home, or where it cannot be read and help is asked for."""
    from lfroadmap.settings import Settings, config_folder, load

    try:
        return load(config_folder())
    except RoadmapError as error:
        if error.key == "no_home" or line.wants_help or line.rest[:1] == ("help",):
            return Settings()
        raise


def _escape_what_cannot_be_written() -> None:
    """Let a character that the output's encoding lacks come out as its escape, not as an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop_output(*, complaints: bool = False) -> None:
    """Let what is still to be written go nowhere; Python would fail, or wait, when it flushes at exit."""
    SKELETON.take_off()  # while there is a way to the terminal
    for stream in (sys.stdout, sys.stderr) if complaints else (sys.stdout,):
        if isinstance(stream, io.TextIOWrapper):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
