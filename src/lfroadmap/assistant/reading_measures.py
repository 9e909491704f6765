"""The measures of flows: what each is, and the figure that a roadmap keeps of it."""

from __future__ import annotations

from lfroadmap.assistant.arguments import Values
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.pages import Json, Listing
from lfroadmap.flows.catalogue import IDS
from lfroadmap.flows.parameters import Parameters
from lfroadmap.roadmap.flow_figures import FlowFigures, read_figures
from lfroadmap.roadmap.measurements import latest
from lfroadmap.usecases.explain_report import explanation_json, explanation_of
from lfroadmap.usecases.kept_explanation import parameters_of

_ALWAYS = ("id", "name", "definition")
"""What a list of measures says of each."""
ITEM_SCHEMA: Json = {
    "type": "object",
    "properties": {
        **{key: {"type": "string"} for key in (*_ALWAYS, "formula", "numerator", "denominator", "others")},
        "parameters": {"type": "object"},
        "queries": {"type": "object"},
        "figure": {
            "type": "object",
            "properties": {
                "value": {"type": ["number", "null"]},
                "numerator": {"type": ["number", "null"]},
                "denominator": {"type": ["number", "null"]},
                "unit": {"type": "string"},
            },
            "required": ["value", "numerator", "denominator", "unit"],
            "additionalProperties": False,
        },
        "rows": {"type": ["array", "object"]},
    },
    "required": list(_ALWAYS),
    "additionalProperties": False,
}
HEAD_SCHEMA: Json = {
    "roadmap": {"type": "string"},
    "measured": {
        "type": "object",
        "properties": {
            **{key: {"type": "string"} for key in ("day", "first", "last", "currency")},
            **{key: {"type": "integer"} for key in ("events", "customers")},
        },
        "additionalProperties": False,
    },
}


def measures(desk: Desk, given: Values) -> Listing:
    """The measures with the figures of the newest measurement; of one also its formula and its queries."""
    name = desk.chosen(given.get("in"))
    newest = latest(desk.stored(name).measurements)
    figures = read_figures(newest.figures) if newest else None
    head: Json = {}
    if newest and figures:
        head = {"day": newest.day, "first": figures.first, "last": figures.last}
        head |= {"currency": figures.currency, "events": figures.events, "customers": figures.customers}
    asked = given.get("measure")
    items = [_item(desk, id, figures, whole=bool(asked)) for id in ((asked,) if asked else IDS)]
    return Listing(items, {"roadmap": name, "measured": head})


def _item(desk: Desk, id: str, figures: FlowFigures | None, *, whole: bool) -> Json:
    """A measure; raises UsageError for an id that there is not."""
    parameters = parameters_of(figures.parameters) if figures else Parameters()
    explained = explanation_json(explanation_of(id, parameters, desk.words))
    item: Json = {key: value for key, value in explained.items() if whole or key in _ALWAYS}
    if figures and id in figures.measures:
        item["figure"] = figures.measures[id]._asdict()
    if figures and whole and id in figures.lists:
        item["rows"] = figures.lists[id]
    return item
