"""The table of commands; the module of a command is imported when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lfroadmap.cli.context import Runnable


class Place(NamedTuple):
    """Where a command is: a constant of a module of this package."""

    module: str
    constant: str

    def load(self) -> Runnable:
        """Import the command."""
        command: Runnable = getattr(import_module(f"lfroadmap.cli.{self.module}"), self.constant)
        return command


COMMANDS = {
    "open": Place("opening", "OPEN"),
    "new": Place("roadmaps", "NEW"),
    "templates": Place("template_list", "TEMPLATES"),
    "guide": Place("guide", "GUIDE"),
    "list": Place("roadmaps", "LIST"),
    "portfolio": Place("portfolio", "PORTFOLIO"),
    "due": Place("due", "DUE"),
    "remind": Place("reminding", "REMIND"),
    "people": Place("people", "PEOPLE"),
    "search": Place("searching", "SEARCH"),
    "list-tasks": Place("searching", "LIST_TASKS"),
    "calc": Place("calculating", "CALC"),
    "measure": Place("measuring_into", "MEASURE"),
    "watch-measure": Place("measuring_watch", "WATCH_MEASURE"),
    "serve": Place("serving", "SERVE"),
    "share": Place("team", "SHARE"),
    "join": Place("team", "JOIN"),
    "leave": Place("team", "LEAVE"),
    "team": Place("team", "TEAM"),
    "mcp": Place("assisting", "MCP"),
    "show": Place("showing", "SHOW"),
    "export": Place("exporting", "EXPORT"),
    "import": Place("importing", "IMPORT"),
    "add": Place("editing", "ADD"),
    "set": Place("editing", "SET"),
    "tick": Place("editing", "TICK"),
    "untick": Place("editing", "UNTICK"),
    "move": Place("editing", "MOVE"),
    "wait": Place("relating", "WAIT"),
    "repeat": Place("relating", "REPEAT"),
    "kpi": Place("editing", "KPI"),
    "moves": Place("relating", "MOVES"),
    "bind": Place("binding", "BIND"),
    "note": Place("editing", "NOTE"),
    "stage": Place("structuring", "STAGE"),
    "card": Place("structuring", "CARD"),
    "calculator": Place("calculators", "CALCULATOR"),
    "take": Place("taking", "TAKE"),
    "apply": Place("applying", "APPLY"),
    "diff": Place("comparing", "DIFF"),
    "history": Place("history", "HISTORY"),
    "snapshot": Place("snapshots", "SNAPSHOT"),
    "bin": Place("trash", "BIN"),
    "rename": Place("roadmaps", "RENAME"),
    "remove": Place("roadmaps", "REMOVE"),
    "settings": Place("setting", "SETTINGS"),
    "doctor": Place("doctor", "DOCTOR"),
    "completion": Place("completion", "COMPLETION"),
    "schema": Place("reference", "SCHEMA"),
    "path": Place("roadmaps", "PATH"),
    "help": Place("reference", "HELP"),
}
"""Name of a command -> where it is."""
