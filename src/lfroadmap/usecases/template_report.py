"""A template as a report, each stage and card with the id by which `take` takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lfroadmap.report.anchors import anchor
from lfroadmap.report.nodes import Facts, Node, Report, Section, Value
from lfroadmap.report.report import report
from lfroadmap.roadmap.model import Card, Stage
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.roadmap.tree import places
from lfroadmap.usecases.known_templates import template_roadmap
from lfroadmap.words import Words


def template_report(name: str, words: Words, today: date, thresholds: Thresholds) -> Report:
    """A template in reading order, as a roadmap not begun yet; raises RoadmapError where there is none."""
    roadmap = template_roadmap(name, f"template-{name}", words.language)
    nodes = (place.node for place in places(roadmap) if isinstance(place.node, Stage | Card))
    ids = {anchor(node): Value(node.id, direction="ltr") for node in nodes}

    def with_id(part: Node) -> Node:
        if not isinstance(part, Section):
            return part
        body = tuple(map(with_id, part.body))
        shown = (Facts(((words("sheet.id"), ids[part.id]),)),) if part.id in ids else ()
        return replace(part, body=(*shown, *body))

    found = report(roadmap, words, today=today, thresholds=thresholds)
    return replace(found, body=tuple(map(with_id, found.body)))
