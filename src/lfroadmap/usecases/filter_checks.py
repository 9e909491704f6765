"""Refusing a filter of which a part means nothing, or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.health import WORST_FIRST
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.task_filter import TaskFilter, meant_healths, meant_owners, meant_stages
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words

_MOST_LISTED = 20
"""Names that a message lists at most."""


def check_filter(
    wanted: TaskFilter, roadmaps: Sequence[Roadmap], owners: Iterable[str], words: Words
) -> None:
    """Raise UsageError, with the names that there are, where a part of a filter means several or nothing.

    `owners` are the names in all the roadmaps; of these one must have the stage.
    """
    language = words.language
    if wanted.owner:
        people = meant_owners(wanted.owner, owners)
        if not people.ids:
            raise UsageError("filter_no_owner", name=one_line(wanted.owner), known=_listed(owners))
        if len(people.ids) > 1:
            raise UsageError("several_owners", name=one_line(wanted.owner), found=_listed(people.names))
    if wanted.stage:
        stages = [meant_stages(wanted.stage, roadmap, language) for roadmap in roadmaps]
        if not any(found.ids for found in stages):
            known = dict.fromkeys(name for roadmap in roadmaps for name in _stages(roadmap, words))
            raise UsageError("filter_no_stage", name=one_line(wanted.stage), known=_listed(known))
        if several := next((found.names for found in stages if len(found.ids) > 1), None):
            raise UsageError("filter_several", name=one_line(wanted.stage), found=_listed(several))
    if wanted.health:
        healths = meant_healths(wanted.health, language)
        if not healths.ids:
            known = dict.fromkeys(words(f"health.{health}") for health in WORST_FIRST)
            raise UsageError("filter_no_health", name=one_line(wanted.health), known=_listed(known))
        if len(healths.ids) > 1:
            raise UsageError("filter_several", name=one_line(wanted.health), found=_listed(healths.names))


def _stages(roadmap: Roadmap, words: Words) -> list[str]:
    labels = Labels(roadmap.template, words.language)
    return [labels.of(stage) for stage in roadmap.stages]


def _listed(names: Iterable[str]) -> list[str]:
    every = [one_line(name) for name in names]
    return every[:_MOST_LISTED] + (["…"] if len(every) > _MOST_LISTED else [])
