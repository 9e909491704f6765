"""What kind of value each argument of a command takes, so that a shell can complete it."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = {
    "": {"command": "first"},
    "new": {"name": "text"},
    "portfolio": {"--owner": "any_owner"},
    "due": {"--owner": "any_owner"},
    "remind": {"--owner": "any_owner"},
    "people": {"verb": "people_verb", "words": "any_owner"},
    "list-tasks": {"--filter": "saved_filter", "--forget": "saved_filter", "--health": "health"},
    "set": {"name": "field"},
    "kpi": {"name": "kpi", "--at": "text", "--from": "figure"},
    "note": {"name": "card_or_task"},
    "wait": {"task": "card_or_task", "--for": "card_or_task"},
    "moves": {"name": "card", "kpi": "kpi"},
    "repeat": {"name": "task", "rule": "repeat_rule"},
    "take": {"source": "taken"},
    "stage": {"words": "stage_words"},
    "card": {"words": "card_words"},
    "calculator": {
        "words": "calculator_of_card_words",
        "--to": "calculator_of_card",
        "verb": "calculator_verb",
    },
    "rename": {"new": "text"},
    "bin": {"--restore": "removed"},
    "schema": {"command": "schema"},
    "settings": {"name": "setting", "value": "setting_value"},
    "guide": {"topic": "guide_topic"},
    "diff": {"--format": "comparison"},
    "import": {"--name": "text"},
    "calc": {"verb": "calculator", "words": "file"},
    "measure": {"words": "file", "--weights": "text"},
    "watch-measure": {"words": "file", "--weights": "text"},
    "bind": {"name": "kpi", "measure": "text"},
    "templates": {"verb": "template_verb", "name": "template"},
    "share": {"roadmap": "roadmap", "url": "text"},
    "join": {"url": "text", "--name": "text"},
    "serve": {"words": "text", "--data": "file", "--cert": "file", "--key": "file"},
}
"""Command -> kinds of values that are its own; the others are in `KINDS_OF_ALL`."""
KINDS_OF_ALL = {
    **dict.fromkeys(("name", "--in", "--of", "--into", "--copy"), "roadmap"),
    **dict.fromkeys(("file", "--output", "--data-dir", "--identities", "--rejects", "--sample"), "file"),
    **dict.fromkeys(("--at",), "moment"),
    **dict.fromkeys(("a", "b"), "point"),
    **dict.fromkeys(
        ("words", "value", "--due", "--since", "--until", "--text", "--limit", "--reload", "--stages"), "text"
    ),
    **dict.fromkeys(("--save", "--map", "--encoding", "--table", "--author", "--words", "--line"), "text"),
    **dict.fromkeys(("--what-if", "--order", "--spend", "--customers", "--value", "--months"), "text"),
    **dict.fromkeys(
        (
            "--kinds",
            "--tz",
            "--memory",
            "--gap",
            "--window",
            "--look-back",
            "--as-of",
            "--channel",
            "--segment",
            "--period",
            "--steps",
            "--explain",
            "--every",
            "--channel",
            "--segment",
            "--sql",
        ),
        "text",
    ),
    **dict.fromkeys(("--from", "--at-risk", "--ready", "--paths", "--cohorts"), "file"),
    **dict.fromkeys(("--host", "--port", "--room", "--days"), "text"),
    **dict.fromkeys(("--token-file", "--allow"), "file"),
    "--restore": "moment",
    "--card": "card",
    "--stage": "stage",
    "--kind": "calculator",
    "--into-calculator": "calculator_of_card",
    "--owner": "owner",
    "--template": "template",
    "--lang": "language",
    "--bidi": "dialect",
    "--dates": "order",
    "--by": "grouping",
    "format": "format",
    "topic": "topic",
    "task": "task",
    "verb": "verb",
    "shell": "shell",
}
"""Name of an argument -> the kind of its value."""


CHOICES = {
    "verb": ("add", "rename", "remove"),
    "people_verb": ("rename",),
    "template_verb": ("show", "save", "diff", "apply"),
    "calculator": ("funnel", "pipeline", "unit"),
    "calculator_verb": ("add", "rename", "remove", "add-row", "rename-row", "remove-row"),
    "order": ("dmy", "mdy", "ymd"),
    "grouping": ("stage", "owner"),
    "repeat_rule": ("week", "month", "never"),
    "health": ("late", "at-risk", "no-date", "on-track", "done"),
}
"""Kind of a value -> the few words that it may be."""
NODE_KINDS = (
    "stage", "card", "field", "task", "kpi", "card_or_task", "calculator_of_card", "figure",
)  # fmt: skip
"""Kinds of values that name something in a roadmap."""


OPTIONS_OF_VERBS: dict[str, dict[str, tuple[str, ...]]] = {
    "calc": {
        "funnel": ("--what-if",),
        "pipeline": ("--map", "--order"),
        "unit": ("--spend", "--customers", "--value", "--months"),
        "": ("--card", "--in"),
    },
    "people": {"rename": ("--dry-run", "--yes")},
    "templates": {
        "show": ("--json",),
        "save": ("--in", "--answers", "--replace"),
        "diff": ("--in", "--json"),
        "apply": ("--in", "--dry-run", "--yes"),
    },
}
"""Command -> its verbs, each with the options that are its own."""


def may_stand(command: str, given: Mapping[str, str], option: str) -> bool:
    """True if an option may follow what is given: it is new, and of the verb that is given."""
    verbs = OPTIONS_OF_VERBS.get(command, {}) if "verb" in given else {}
    of_verbs = {each for options in verbs.values() for each in options}
    return option not in given and option not in of_verbs - set(verbs.get(given.get("verb", ""), ()))


def kind_of(command: str, name: str) -> str:
    """The kind of the value of an argument; empty for one without a value."""
    return KINDS.get(command, {}).get(name) or KINDS_OF_ALL.get(name, "")
