"""What kind of value each argument of a command takes, so that a shell can complete it."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = {
    "": {"command": "first"},
    "new": {"name": "text"},
    "portfolio": {"--owner": "any_owner"},
    "set": {"name": "field"},
    "kpi": {"name": "kpi", "--at": "text"},
    "note": {"name": "card_or_task"},
    "take": {"source": "taken"},
    "stage": {"words": "stage_words"},
    "card": {"words": "card_words"},
    "bin": {"--restore": "removed"},
    "schema": {"command": "schema"},
    "guide": {"topic": "guide_topic"},
    "diff": {"--format": "comparison"},
    "import": {"--name": "text"},
    "calc": {"verb": "calculator", "words": "file"},
    "measure": {"words": "file", "--weights": "text"},
    "templates": {"verb": "template_verb", "name": "template"},
}
"""Command -> kinds of values that are its own; the others are in `KINDS_OF_ALL`."""
KINDS_OF_ALL = {
    **dict.fromkeys(("name", "--in", "--of", "--into"), "roadmap"),
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
            "--steps",
            "--explain",
            "--sql",
        ),
        "text",
    ),
    **dict.fromkeys(("--from", "--at-risk", "--ready", "--paths", "--cohorts"), "file"),
    "--restore": "moment",
    "--card": "card",
    "--stage": "stage",
    "--owner": "owner",
    "--template": "template",
    "--lang": "language",
    "--bidi": "dialect",
    "--dates": "order",
    "format": "format",
    "topic": "topic",
    "task": "task",
    "verb": "verb",
    "shell": "shell",
}
"""Name of an argument -> the kind of its value."""


OPTIONS_OF_VERBS = {
    "calc": {
        "funnel": ("--what-if",),
        "pipeline": ("--map", "--order"),
        "unit": ("--spend", "--customers", "--value", "--months"),
    }
}
"""Command -> its verbs, each with the options that are its own."""


def may_stand(command: str, given: Mapping[str, str], option: str) -> bool:
    """True if an option may follow what is given: it is new, and of the verb that is given."""
    verbs = OPTIONS_OF_VERBS.get(command, {}) if "verb" in given else {}
    others = {each for verb, options in verbs.items() if verb != given["verb"] for each in options}
    return option not in given and option not in others


def kind_of(command: str, name: str) -> str:
    """The kind of the value of an argument; empty for one without a value."""
    return KINDS.get(command, {}).get(name) or KINDS_OF_ALL.get(name, "")
