"""What the JSON Schema of a snapshot says about each property, and the patterns of those that have a form."""

from __future__ import annotations

from typing import Any

_DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
_MOMENT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([+-][0-9]{2}:[0-9]{2}|Z)?)?$"

_EVERY = {
    "id": "Never changes and is unique in the roadmap; links and imports find the part by it.",
    "words_from": "Id of the template whose texts it has; empty: the roadmap's.",
    "from_template": "Names of the texts here that are the template's, written out for readers.",
}
"""Property -> its description in every form that has it and no other one."""
_FORMS: dict[str, dict[str, str]] = {
    "Document": {
        "format": "Says that the file is a snapshot of lfroadmap.",
        "version": "The least version of the format that has all that is in the file.",
        "roadmap": "The roadmap itself.",
        "language": "The language of the texts that are written out; reading does not need it.",
        "history": "The changes, newest first, for people; a roadmap made of it begins its own history.",
        "part": "True if stages or long texts were left out, so that it must not replace the full roadmap.",
    },
    "RoadmapForm": {
        "id": "Never changes; files with one id are states of one roadmap.",
        "title": "Its title; null: the template's.",
        "template": "Id of the template that it was made of; empty for none.",
        "stages": "The stages in their order.",
        "kpis": "The KPIs in their order.",
        "measurements": "What was measured of the company's events, in the order of time.",
    },
    "StageForm": {
        "title": "Its title; null: the template's.",
        "cards": "Its cards in their order.",
    },
    "CardForm": {
        "title": "Its title; null: the template's.",
        "fields": "The rows of its form in their order.",
        "tasks": "Its checklist in its order.",
        "notes": "What people wrote about it, oldest first.",
        "calculators": "Its calculators in their order.",
        "relations": "What it waits for, and the KPIs that it moves.",
    },
    "FieldForm": {
        "kind": "Whether it is a line, a long text, a day or a choice.",
        "role": "What the program knows it as, such as the card's owner or start; empty for any other.",
        "label": "Its name; null: the template's.",
        "value": "As typed; a valid day as `YYYY-MM-DD`, a choice as the id of its option.",
        "direction": "The direction of its text; `auto`: by its letters.",
        "options": "Ids of a choice's options; their labels are the template's, or the ids themselves.",
    },
    "TaskForm": {
        "text": "What is to be done; null: the template's.",
        "done": "True if it is ticked.",
        "done_on": "The day on which it was ticked, `YYYY-MM-DD`; empty where none is known.",
        "due": "The day by which it is to be done, `YYYY-MM-DD`, or empty.",
        "owner": "Who does it; empty: nobody but the card's owner.",
        "notes": "What people wrote about it, oldest first.",
        "repeat": "When the next one is due after it is ticked: `week`, `month`, `N days`; empty: never.",
        "relations": "What it waits for.",
        "legacy": "Values of older versions that are no days; a reader of the file may show them.",
    },
    "RelationForm": {
        "kind": "Whether it waits for the target or, of cards alone, moves the KPI that is the target.",
        "target": "Id of a card or a task, or of a KPI; one that is not there does not count.",
    },
    "NoteForm": {
        "text": "The note; null: the template's.",
        "author": "Who wrote it, or empty.",
        "time": "When, in UTC: `YYYY-MM-DDTHH:MM:SS.sssZ`; a day alone, or empty, where that is all.",
    },
    "CalculatorForm": {
        "kind": "What it calculates: a funnel, a pipeline or unit economics.",
        "title": "Its title; null: the template's.",
        "rows": "The rows of its table in their order.",
    },
    "CalculatorRowForm": {
        "name": "The step, the deal or stage, or the channel or period; null: the template's.",
        "count": "How many reached the step or stage, as typed.",
        "rate": "Another rate from the step before, as typed; empty: the one that it is.",
        "stage": "The stage that a deal stands in; empty where the rows are stages.",
        "value": "The worth of a deal, a sale or a customer, as typed.",
        "probability": "How probable it is to be won, as typed.",
        "days": "How many days it takes, as typed.",
        "spend": "What was spent, as typed.",
        "customers": "How many customers came, as typed.",
        "months": "How many months a customer stays, as typed.",
    },
    "KpiForm": {
        "measure": "What it is called; null: the template's.",
        "definition": "How it is counted; null: the template's.",
        "target": "As typed, such as `30%` or `+20% a quarter`; null: the template's.",
        "owner": "Who answers for it; null: the template's.",
        "baseline": "The value to begin with, as typed.",
        "current": "The present value, as typed.",
        "better": "Which direction is better; empty where nobody said.",
        "unit": "Its unit, such as `%` or `days`.",
        "readings": "Its values by day.",
        "bound_to": "Id of the measure of flows that gives its value; empty where it is bound to none.",
        "bound_channel": "Only of customers whose first event came by this channel; empty for all.",
        "bound_segment": "Only of customers of this segment, `column=value`; empty for all.",
    },
    "ReadingForm": {
        "value": "The value as typed.",
        "day": "Its day, `YYYY-MM-DD`.",
        "origin": "Empty for a typed one, `calculated` by a calculator, or `measured`.",
        "source": "What it was taken from: `<id of a calculator>/<name of its result>`, or empty.",
        "time": "When it was taken, in UTC: `YYYY-MM-DDTHH:MM:SS.sssZ`; empty for a typed one.",
    },
    "MeasurementForm": {
        "title": "A person's name for it; most have none.",
        "day": "The day of its figures, `YYYY-MM-DD`.",
        "time": "When it was taken, in UTC: `YYYY-MM-DDTHH:MM:SS.sssZ`.",
        "figures": "JSON of the measured figures; it has no ids of customers, sources, paths or credentials.",
    },
    "ChangeForm": {
        "id": "Newer changes have higher ones.",
        "time": "Local time with its zone, in ISO 8601.",
        "author": "Who made it.",
        "what": "Its kind, the same in every language: `set`, `tick`, `add` and others.",
        "node": "Id of the changed part; empty for the roadmap itself.",
        "card": "The title of its card or stage, or empty.",
        "place": "What changed there, such as a field's name.",
        "before": "The text before, or empty.",
        "after": "The text after, or empty.",
        "text": "The whole change as a line of plain text.",
        "made": "When its author made it, where it came from another device at least a minute later.",
    },
}  # fmt: skip
_PATTERNS = {
    "TaskForm": {"done_on": _DAY, "due": _DAY},
    "ChangeForm": {"time": _MOMENT, "made": _MOMENT},
}
"""Form -> the patterns of its texts that are never as somebody typed them."""


def describe(made: dict[str, Any]) -> None:
    """Give each property of a schema its description, and its pattern if it has one.

    Raises KeyError for a property that has no description here.
    """
    for form, found in (*made["$defs"].items(), ("Document", made)):
        texts, patterns = _EVERY | _FORMS[form], _PATTERNS.get(form, {})
        for name, schema in found["properties"].items():
            schema["description"] = texts[name]
            if name in patterns:
                schema["pattern"] = patterns[name]
