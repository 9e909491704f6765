"""`watch-measure`: measures again when files change, for a screen on a wall."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.measuring_options import MeasureContext, MeasureOptions
from lfroadmap.cli.options import option, words_of
from lfroadmap.cli.signals import ENDING, handling
from lfroadmap.cli.watching import Bell, ending
from lfroadmap.errors import Ended, RoadmapError, UsageError

DONE = 0
EVERY = "1h"


@dataclass(frozen=True, slots=True)
class WatchMeasureOptions:
    """The options of `watch-measure`."""

    words: tuple[str, ...] = words_of()
    every: str | None = option("--every")
    into: str | None = option("--into")
    map: str | None = option("--map")
    kinds: str | None = option("--kinds")
    tz: str | None = option("--tz")
    dates: str | None = option("--dates")
    identities: str | None = option("--identities")
    memory: str | None = option("--memory")
    gap: str | None = option("--gap")
    window: str | None = option("--window")
    look_back: str | None = option("--look-back")
    steps: str | None = option("--steps")
    weights: str | None = option("--weights")


WatchContext = CommandContext[WatchMeasureOptions]


def watch_measure(context: WatchContext) -> int:
    """Measure now, and again whenever the sources have changed, until a signal ends it.

    Raises RoadmapError where the first time fails; later failures are complained of.
    """
    from lfroadmap.usecases.measure_again import every_of, is_watchable, stamp_of

    options = context.options
    if not options.words:
        raise UsageError("flows_no_source")
    if not is_watchable(options.words):
        raise UsageError("watch_piped")
    seconds, measured = every_of(options.every or EVERY), None
    once: MeasureContext = CommandContext(_once(options), *context[1:])
    files = (*options.words, *([options.identities] if options.identities else []))
    with ending() as bell:
        while not bell.ended:
            try:
                stamp = stamp_of(files)
                if stamp is None or stamp != measured:
                    _measure(once, bell)
                    if measured is None and not bell.ended:
                        _announce(context)
                    measured = stamp or ()
            except RoadmapError as error:
                if measured is None:
                    raise
                if not bell.ended:
                    context.complain(error)
            bell.rest(seconds)
    return DONE


def _announce(context: WatchContext) -> None:
    every = (context.options.every or EVERY).strip()
    context.output.remark(context.words("binding.watching", every=every), sys.stdout)


def _once(options: WatchMeasureOptions) -> MeasureOptions:
    """The options of one measurement, which asks nobody."""
    given = {name: getattr(options, name) for name in options.__slots__ if name != "every"}
    return MeasureOptions(**given, yes=options.into is not None)


def _measure(context: MeasureContext, bell: Bell) -> None:
    """Measure, unless a signal ends it."""
    from lfroadmap.cli.measuring_into import measure

    context.output.remark(context.words("binding.measuring", time=_time()), sys.stderr)
    try:
        with _interrupted(bell):
            measure(context)
    except Ended:
        bell.ended = True


@contextmanager
def _interrupted(bell: Bell) -> Iterator[None]:
    """Have signals end a measurement, however long it takes."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        bell.end(number, frame)
        raise Ended(number)

    with handling(stop, (signal.SIGINT, *ENDING)):
        yield


def _time() -> str:
    from lfroadmap.machine import now

    return f"{now():%H:%M}"


WATCH_MEASURE = Command(WatchMeasureOptions, watch_measure, needs_library=False)
