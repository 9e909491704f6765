"""Actions of more than one step, a file each: functions of a session and a shell.

A file is imported when its action is started for the first time.

The modules by floor; each imports only modules of the rows before its own:

    appearance  apply  asking  changes  choosing  copy  help  hooks  import_new  keys  late  owned  tour
    search  settings
    export_job  reset  structure  team  trash  undo
    adding  binding  calculators  export  fields  flows  guide  import_  kpi_values  leaving  links
    notes  own_templates  relations
    measured  structure_menu  taking
    measuring
    opening  quit
    library_acts  palette  portfolio
    due  library
    people
    time_travel
    snapshots
    history
    store_events
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

Function = Callable[["Session", "Shell"], Awaitable[None] | None]


class Action(NamedTuple):
    """Where an action's function is, and when it runs."""

    module: str
    function: str
    anywhere: bool = False
    """It works over any screen, and not only on the roadmap's."""
    after_saving: bool = False
    """It reads the file: what was done a moment ago is to be in it. It takes the keys, too."""
    takes_keys: bool = False
    """Keys that are typed ahead wait until it is done, or has its screen on."""
    overlaps: bool = False
    """It may be started again while it waits for another program."""

    def load(self) -> Function:
        """Import the function."""
        function: Function = getattr(import_module(f"lfroadmap.ui.actions.{self.module}"), self.function)
        return function


_STRUCTURE = """
    rename_card duplicate_card card_up card_down move_card remove_card
    rename_stage duplicate_stage stage_before stage_after remove_stage rename_roadmap
    duplicate_field field_up field_down move_field remove_field
    duplicate_task move_task
    rename_calculator duplicate_calculator calculator_up calculator_down move_calculator remove_calculator
"""
"""Actions of the module `structure`, each a function of the same name."""
_LIBRARY = "new_roadmap rename_file copy_roadmap remove_roadmap removed_roadmaps import_roadmap"
"""Commands of the library's screen, as actions that open it first."""

ACTIONS = {
    "undo": Action("undo", "undo"),
    "redo": Action("undo", "redo"),
    "history": Action("history", "history", after_saving=True),
    "moment": Action("time_travel", "moment", after_saving=True),
    "snapshots": Action("snapshots", "snapshots", after_saving=True),
    "bin": Action("trash", "trash", after_saving=True),
    "late": Action("late", "late", takes_keys=True),
    "changes": Action("changes", "changes", after_saving=True),
    "export": Action("export", "export", takes_keys=True),
    "import": Action("import_", "import_", takes_keys=True),
    "copy": Action("copy", "copy", anywhere=True),
    "language": Action("appearance", "language", takes_keys=True),
    "settings": Action("settings", "settings", takes_keys=True),
    "keys": Action("settings", "keys", takes_keys=True),
    "dark": Action("appearance", "dark", anywhere=True),
    "search": Action("search", "search", takes_keys=True),
    "next_found": Action("search", "next_found", takes_keys=True),
    "palette": Action("palette", "palette", takes_keys=True),
    "help": Action("help", "help_", anywhere=True),
    "guide": Action("guide", "guide", anywhere=True, takes_keys=True),
    "theme": Action("palette", "theme", takes_keys=True),
    "reset": Action("reset", "reset", takes_keys=True),
    "library": Action("library", "library", after_saving=True),
    "portfolio": Action("portfolio", "portfolio", after_saving=True),
    "due": Action("due", "due", after_saving=True),
    "people": Action("people", "people", after_saving=True),
    **{name: Action("library", name, after_saving=True) for name in _LIBRARY.split()},
    "structure": Action("structure_menu", "menu", takes_keys=True),
    "card_menu": Action("structure_menu", "card_menu", takes_keys=True),
    "stage_menu": Action("structure_menu", "stage_menu", takes_keys=True),
    "roadmap_menu": Action("structure_menu", "roadmap_menu", takes_keys=True),
    "field_menu": Action("structure_menu", "field_menu", takes_keys=True),
    "add_field": Action("fields", "add_field", takes_keys=True),
    "edit_field": Action("fields", "edit_field", takes_keys=True),
    "calculator_menu": Action("structure_menu", "calculator_menu", takes_keys=True),
    "add_calculator": Action("calculators", "add_calculator", takes_keys=True),
    "add_card": Action("adding", "add_card", takes_keys=True),
    "add_stage": Action("adding", "add_stage", takes_keys=True),
    "take": Action("taking", "take", takes_keys=True),
    "kpi_from": Action("kpi_values", "take_value", takes_keys=True),
    "kpi_again": Action("kpi_values", "take_value_again"),
    "task_notes": Action("notes", "show_task_notes", takes_keys=True),
    "wait_for": Action("relations", "wait_for", takes_keys=True),
    "moves_kpi": Action("relations", "moves_kpi", takes_keys=True),
    "repeat_task": Action("relations", "repeat_task", takes_keys=True),
    "card_notes": Action("notes", "show_card_notes", takes_keys=True),
    "tour": Action("tour", "tour"),
    "tour_next": Action("tour", "tour_next"),
    "open_link": Action("links", "links", takes_keys=True, overlaps=True),
    "team": Action("team", "team", takes_keys=True),
    "share_team": Action("team", "share", takes_keys=True),
    "join_team": Action("team", "join", takes_keys=True),
    "save_template": Action("own_templates", "save_template", takes_keys=True),
    "apply_template": Action("own_templates", "apply_template", after_saving=True),
    **{name: Action("structure", name, takes_keys=True) for name in _STRUCTURE.split()},
    "flow_explain": Action("flows", "explain", takes_keys=True),
    "flow_task": Action("flows", "add_task", takes_keys=True),
    "bind_kpi": Action("binding", "bind_kpi", takes_keys=True),
    "measure_source": Action("measuring", "measure_source", takes_keys=True),
    "measure_again": Action("measuring", "measure_again"),
    "flow_period": Action("measuring", "choose_period", takes_keys=True),
    "flow_channel": Action("measuring", "choose_channel", takes_keys=True),
    "flow_segment": Action("measuring", "choose_segment", takes_keys=True),
    "quit": Action("quit", "quit_", anywhere=True),
}
"""Id of a command -> what it starts."""
