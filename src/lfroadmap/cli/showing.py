"""`show`: where a roadmap stands, printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_bytes, print_json
from lfroadmap.cli.points import roadmap_at
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from lfroadmap.usecases.points_in_time import PointInTime

DONE = 0


@dataclass(frozen=True, slots=True)
class ShowOptions:
    """The options of `show`."""

    name: str | None = positional()
    at: str | None = option("--at")
    owner: str | None = option("--owner")
    json: bool = flag("--json")
    timeline: bool = flag("--timeline")
    by: str | None = option("--by")


def show(context: CommandContext[ShowOptions]) -> int:
    """Print where a roadmap stands, or stood."""
    options, words, thresholds = context.options, context.words, context.settings.thresholds
    name = context.chosen_name(options.name)
    point = roadmap_at(context, name, options.at)
    if options.by is not None and not options.timeline:
        raise UsageError("by_needs_timeline")
    if options.timeline:
        return _timeline(context, name, point)
    if options.owner is not None:
        return _show_owner(context, point, options.owner)
    if options.json:
        from lfroadmap.export import render
        from lfroadmap.usecases.export_set import whole_context

        print_bytes(render(whole_context(point.roadmap, words, point.day, thresholds), "json"))
        return DONE
    from lfroadmap.report.report import report
    from lfroadmap.usecases.export_set import activity_at

    over_time = activity_at(context.library.path(name), point)
    context.output.report(
        report(point.roadmap, words, today=point.day, thresholds=thresholds, activity=over_time)
    )
    return DONE


def _show_owner(context: CommandContext[ShowOptions], point: PointInTime, wanted: str) -> int:
    """Print only what one person has."""
    from lfroadmap.export import render
    from lfroadmap.report.report import report
    from lfroadmap.usecases.export_set import owner_called, part_of, whole_context

    words, thresholds = context.words, context.settings.thresholds
    owner = owner_called(point.roadmap, wanted)
    part = part_of(point.roadmap, words, owner)
    if context.options.json:
        shown = whole_context(part, words, point.day, thresholds)
        print_bytes(render(replace(shown, part=True), "json"))
        return DONE
    whole = point.roadmap
    context.output.report(
        report(part, words, today=point.day, thresholds=thresholds, part=True, owner=owner, whole=whole)
    )
    return DONE


def _timeline(context: CommandContext[ShowOptions], name: str, point: PointInTime) -> int:
    """Print the days of cards and tasks alone, all of them or those of one person."""
    from lfroadmap.usecases.export_set import activity_at, grouping_called, owner_called, part_of

    words, risk_days, wanted = context.words, context.settings.thresholds.risk_days, context.options.owner
    by = grouping_called(context.options.by)
    activity = activity_at(context.library.path(name), point)
    owner = "" if wanted is None else owner_called(point.roadmap, wanted)
    roadmap = part_of(point.roadmap, words, owner)
    if context.options.json:
        from lfroadmap.usecases.timeline_rows import timeline_rows

        whole = point.roadmap
        print_json(timeline_rows(roadmap, words, point.day, risk_days, activity, whole=whole, by=by))
        return DONE
    from lfroadmap.report.deadlines_report import deadlines_report
    from lfroadmap.report.extent import with_extent

    found = deadlines_report(roadmap, words, point.day, risk_days, activity, by=by)
    context.output.report(with_extent(found, owner, words) if owner else found)
    return DONE


SHOW = Command(ShowOptions, show)
