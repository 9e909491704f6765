"""The table of all commands: keys, footers, palette and help are made from it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from textual.binding import Binding, BindingType

from lfroadmap.ui.key_layouts import on_any_layout

Place = Literal[
    "app", "screen", "outside", "form", "editing", "list", "checklist", "kpi", "calculator", "overview",
    "flows", "timeline", "start", "history", "moment", "snapshots", "bin", "late", "filter", "files", "note",
    "notes", "search", "found", "filters", "library", "portfolio", "team", "due", "people", "help", "guide",
    "topic", "settings", "keys",
]  # fmt: skip
"""Where a command works: everywhere, on every screen, outside the fields of the roadmap's screen, while that
part has the focus, or on that screen."""


class Command(NamedTuple):
    """A command; its name is the text `command.<id>`, its description `command.<id>_about`."""

    id: str
    keys: str
    action: str
    place: Place = "app"
    palette: bool = False
    priority: bool = False
    """Works even where the focused field knows the same key."""
    arguments: tuple[int, ...] = ()
    """An argument of the action for each of its keys; such keys cannot be set."""

    @property
    def can_be_set(self) -> bool:
        """True if a person's settings can choose its keys."""
        return not self.arguments

    @property
    def first_keys(self) -> str:
        """The keys that it is bound to before a person sets some; a name that no key has for none."""
        return self.keys or f"unset_{self.id}"


_ALT_DIGITS = ",".join(f"alt+{number}" for number in range(1, 10))
_DIGITS = ",".join(str(number) for number in range(1, 10))
_TABS = tuple(range(9))

COMMANDS: tuple[Command, ...] = (
    Command("tick", "space", "tick", "checklist"),
    Command("add_task", "a", "add", "checklist"),
    Command("edit_task", "enter", "edit", "checklist"),
    Command("remove_task", "delete,backspace", "remove", "checklist"),
    Command("task_due", "d", "edit_detail('due')", "checklist"),
    Command("task_owner", "o", "edit_detail('owner')", "checklist"),
    Command("task_notes", "n", "app.start('task_notes')", "checklist", palette=True),
    Command("card_notes", "c", "app.start('card_notes')", "checklist", palette=True),
    Command("wait_for", "b", "app.start('wait_for')", "checklist", palette=True),
    Command("repeat_task", "r", "app.start('repeat_task')", "checklist", palette=True),
    Command("open_link", "l", "app.start('open_link')", "checklist", palette=True),
    Command("add_calculator", "t", "app.start('add_calculator')", "checklist", palette=True),
    Command("task_up", "alt+up", "shift(-1)", "checklist"),
    Command("task_down", "alt+down", "shift(1)", "checklist"),
    Command("copy_card", "y", "copy_card", "checklist"),
    Command("go_card", "enter", "enter", "overview"),
    Command("next_panel", "tab", "panel(1)", "overview"),
    Command("previous_panel", "shift+tab", "panel(-1)", "overview"),
    Command("flow_explain", "enter", "enter", "flows"),
    Command("flow_task", "a", "app.start('flow_task')", "flows", palette=True),
    Command("measure_again", "ctrl+r", "app.start('measure_again')", "flows", palette=True),
    Command("measure_source", "o", "app.start('measure_source')", "flows", palette=True),
    Command("flow_period", "p", "app.start('flow_period')", "flows", palette=True),
    Command("flow_channel", "c", "app.start('flow_channel')", "flows", palette=True),
    Command("flow_segment", "s", "app.start('flow_segment')", "flows", palette=True),
    Command("call_off", "escape", "call_off", "flows"),
    Command("next_section", "tab", "section(1)", "flows"),
    Command("previous_section", "shift+tab", "section(-1)", "flows"),
    Command("go_scheduled", "enter", "enter", "timeline"),
    Command("move_day", "shift+left,shift+right", "move_day", "timeline", arguments=(-1, 1)),
    Command("move_start", "alt+left,alt+right", "move_start", "timeline", arguments=(-1, 1)),
    Command("scroll_time", "left,right", "across", "timeline", arguments=(-1, 1)),
    Command("zoom", "minus,plus", "zoom", "timeline", arguments=(-1, 1)),
    Command("to_today", "t", "today", "timeline"),
    Command("by_owner", "o", "regroup", "timeline"),
    Command("go_step", "enter", "enter", "start"),
    Command("hide_start", "delete", "hide", "start"),
    Command("edit_cell", "enter", "edit", "kpi"),
    Command("add_kpi", "insert", "add", "kpi", palette=True),
    Command("remove_kpi", "delete", "remove", "kpi"),
    Command("clear_cell", "backspace", "clear", "kpi"),
    Command("kpi_from", "f8", "app.start('kpi_from')", "kpi", palette=True),
    Command("kpi_again", "f9", "app.start('kpi_again')", "kpi", palette=True),
    Command("bind_kpi", "f7", "app.start('bind_kpi')", "kpi", palette=True),
    Command("cells", "left,right", "across", "kpi", arguments=(-1, 1)),
    Command("kpi_up", "alt+up", "shift(-1)", "kpi"),
    Command("kpi_down", "alt+down", "shift(1)", "kpi"),
    Command("edit_row_cell", "enter", "edit", "calculator"),
    Command("add_row", "insert", "add", "calculator"),
    Command("remove_row", "delete", "remove", "calculator"),
    Command("clear_row_cell", "backspace", "clear", "calculator"),
    Command("row_cells", "left,right", "across", "calculator", arguments=(-1, 1)),
    Command("row_up", "alt+up", "shift(-1)", "calculator"),
    Command("row_down", "alt+down", "shift(1)", "calculator"),
    Command("rows", "up,down", "move", "list", arguments=(-1, 1)),
    Command("pages", "pageup,pagedown", "page", "list", arguments=(-1, 1)),
    Command("row_ends", "home,end", "go", "list", arguments=(0, -1)),
    Command("next_row", "", "move(1)", "list"),
    Command("previous_row", "", "move(-1)", "list"),
    Command("first_row", "", "go(0)", "list"),
    Command("last_row", "", "go(-1)", "list"),
    Command("keep_text", "enter", "leave('enter')", "editing"),
    Command("next_cell", "tab", "tab", "editing", priority=True),
    Command("previous_cell", "shift+tab", "leave('back')", "editing", priority=True),
    Command("cancel_text", "escape", "leave('cancel')", "editing"),
    Command("next_field", "tab", "app.focus_next", "form"),
    Command("previous_field", "shift+tab", "app.focus_previous", "form"),
    Command("field_up", "alt+up", "app.start('field_up')", "form", palette=True),
    Command("field_down", "alt+down", "app.start('field_down')", "form", palette=True),
    Command("leave_field", "escape", "leave_field", "form"),
    Command("tab_digit", _DIGITS, "open_outside", "outside", arguments=_TABS),
    Command("tab_before", "left_square_bracket", "step_outside(-1)", "outside"),
    Command("tab_after", "right_square_bracket", "step_outside(1)", "outside"),
    Command("stage_before", "left_curly_bracket", "app.start('stage_before')", "outside", palette=True),
    Command("stage_after", "right_curly_bracket", "app.start('stage_after')", "outside", palette=True),
    Command("undo_outside", "", "app.start('undo')", "outside"),
    Command("find", "slash", "app.start('search')", "outside"),
    Command("next_found", "", "app.start('next_found')", "outside", palette=True),
    Command("level_up", "escape", "level_up", "screen"),
    Command("help_sign", "question_mark", "app.start('help')", "screen"),
    Command("tab_number", _ALT_DIGITS, "open_tab", priority=True, arguments=_TABS),
    Command("next_tab", "ctrl+pagedown", "step_tab(1)", priority=True),
    Command("previous_tab", "ctrl+pageup", "step_tab(-1)", priority=True),
    Command("undo", "ctrl+z", "start('undo')", palette=True, priority=True),
    Command("redo", "ctrl+y", "start('redo')", palette=True, priority=True),
    Command("history", "f3", "start('history')", palette=True, priority=True),
    Command("moment", "", "start('moment')", palette=True),
    Command("snapshots", "", "start('snapshots')", palette=True),
    Command("bin", "", "start('bin')", palette=True),
    Command("export", "ctrl+e", "start('export')", palette=True, priority=True),
    Command("import", "ctrl+o", "start('import')", palette=True, priority=True),
    Command("copy", "ctrl+c", "start('copy')", priority=True),
    Command("late", "", "start('late')", palette=True),
    Command("changes", "f4", "start('changes')", palette=True, priority=True),
    Command("language", "ctrl+l", "start('language')", palette=True, priority=True),
    Command("search", "ctrl+f", "start('search')", palette=True, priority=True),
    Command("palette", "ctrl+p", "start('palette')", priority=True),
    Command("help", "f1", "start('help')", palette=True, priority=True),
    Command("guide", "", "start('guide')", palette=True),
    Command("tour", "shift+f1,f13", "start('tour')", palette=True, priority=True),
    Command("tour_next", "", "start('tour_next')", palette=True),
    Command("open_guide", "g", "guide", "help"),
    Command("reset", "", "start('reset')", palette=True),
    Command("theme", "", "start('theme')", palette=True),
    Command("settings", "f12", "start('settings')", palette=True, priority=True),
    Command("keys", "", "start('keys')", palette=True),
    Command("change_setting", "enter", "enter", "settings"),
    Command("next_choice", "right", "turn(1)", "settings"),
    Command("previous_choice", "left", "turn(-1)", "settings"),
    Command("usual_setting", "delete,backspace", "usual", "settings"),
    Command("change_key", "enter", "enter", "keys"),
    Command("more_keys", "a", "more", "keys"),
    Command("usual_key", "delete,backspace", "usual", "keys"),
    Command("filter_keys", "slash", "filter", "keys"),
    Command("dark", "", "start('dark')", palette=True),
    Command("quit", "ctrl+q", "start('quit')", palette=True, priority=True),
    Command("library", "ctrl+r", "start('library')", palette=True),
    Command("portfolio", "", "start('portfolio')", palette=True),
    Command("due", "f6", "start('due')", palette=True, priority=True),
    Command("people", "", "start('people')", palette=True),
    Command("structure", "f2", "start('structure')", palette=True, priority=True),
    Command("add_card", "ctrl+n", "start('add_card')", palette=True, priority=True),
    Command("rename_card", "", "start('rename_card')", palette=True),
    Command("duplicate_card", "", "start('duplicate_card')", palette=True),
    Command("card_up", "ctrl+up", "start('card_up')", palette=True, priority=True),
    Command("card_down", "ctrl+down", "start('card_down')", palette=True, priority=True),
    Command("move_card", "", "start('move_card')", palette=True),
    Command("remove_card", "", "start('remove_card')", palette=True),
    Command("add_stage", "ctrl+t", "start('add_stage')", palette=True, priority=True),
    Command("rename_stage", "", "start('rename_stage')", palette=True),
    Command("duplicate_stage", "", "start('duplicate_stage')", palette=True),
    Command("remove_stage", "", "start('remove_stage')", palette=True),
    Command("rename_roadmap", "", "start('rename_roadmap')", palette=True),
    Command("take", "", "start('take')", palette=True),
    Command("team", "", "start('team')", palette=True),
    Command("share_team", "", "start('share_team')", palette=True),
    Command("join_team", "", "start('join_team')", palette=True),
    Command("save_template", "", "start('save_template')", palette=True),
    Command("apply_template", "", "start('apply_template')", palette=True),
    Command("add_field", "", "start('add_field')", palette=True),
    Command("edit_field", "", "start('edit_field')", palette=True),
    Command("duplicate_field", "", "start('duplicate_field')", palette=True),
    Command("move_field", "", "start('move_field')", palette=True),
    Command("remove_field", "", "start('remove_field')", palette=True),
    Command("rename_calculator", "", "start('rename_calculator')", palette=True),
    Command("duplicate_calculator", "", "start('duplicate_calculator')", palette=True),
    Command("calculator_up", "", "start('calculator_up')", palette=True),
    Command("calculator_down", "", "start('calculator_down')", palette=True),
    Command("move_calculator", "", "start('move_calculator')", palette=True),
    Command("remove_calculator", "", "start('remove_calculator')", palette=True),
    Command("moves_kpi", "", "start('moves_kpi')", palette=True),
    Command("duplicate_task", "", "start('duplicate_task')", palette=True),
    Command("move_task", "", "start('move_task')", palette=True),
    Command("go_change", "enter", "enter", "history"),
    Command("restore_value", "r", "restore", "history"),
    Command("see_then", "v", "moment", "history"),
    Command("only_card", "c", "only_card", "history"),
    Command("only_person", "p", "only_person", "history"),
    Command("filter", "slash", "filter", "history"),
    Command("to_snapshots", "s", "open('snapshots')", "history"),
    Command("to_bin", "b", "open('bin')", "history"),
    Command("earlier", "left", "step(-1)", "moment"),
    Command("later", "right", "step(1)", "moment"),
    Command("day_earlier", "shift+left", "day(-1)", "moment"),
    Command("day_later", "shift+right", "day(1)", "moment"),
    Command("first_moment", "home", "end(0)", "moment"),
    Command("last_moment", "end", "end(1)", "moment"),
    Command("scroll_lines", "up,down", "scroll", "moment", arguments=(-1, 1)),
    Command("scroll_pages", "pageup,pagedown", "scroll", "moment", arguments=(-10, 10)),
    Command("pick_day", "d", "pick", "moment"),
    Command("export_then", "e", "export_then", "moment"),
    Command("restore_then", "r", "restore", "moment"),
    Command("new_snapshot", "a", "new", "snapshots"),
    Command("open_snapshot", "enter", "enter", "snapshots"),
    Command("restore_snapshot", "r", "restore", "snapshots"),
    Command("go_late", "enter", "enter", "late"),
    Command("go_found", "enter", "screen.enter()", "search"),
    Command("found_rows", "up,down", "move", "found", arguments=(-1, 1)),
    Command("found_pages", "pageup,pagedown", "page", "found", arguments=(-1, 1)),
    Command("to_filters", "tab", "app.focus_next", "search"),
    Command("choose_filter", "enter,space", "choose", "filters"),
    Command("filters_across", "left,right", "across", "filters", arguments=(-1, 1)),
    Command("to_query", "tab", "app.focus_next", "filters"),
    Command("bring_back", "enter", "enter", "bin"),
    Command("empty_bin", "e", "empty", "bin"),
    Command("open_topic", "enter", "enter", "guide"),
    Command("go_topic_card", "enter", "enter", "topic"),
    Command("topic_before", "left_square_bracket", "step(-1)", "topic"),
    Command("topic_after", "right_square_bracket", "step(1)", "topic"),
    Command("take_field", "enter", "screen.take_field()", "filter"),
    Command("keep_note", "enter", "screen.keep()", "note", priority=True),
    Command("note_line", "alt+enter", "new_line", "note"),
    Command("edit_note", "enter", "enter", "notes"),
    Command("write_note", "a", "write", "notes"),
    Command("note_link", "l", "link", "notes"),
    Command("remove_note", "delete,backspace", "remove", "notes"),
    Command("open_entry", "enter", "enter", "files"),
    Command("folder_above", "backspace", "above", "files"),
    Command("take_folder", "f", "take", "files"),
    Command("home_folder", "h", "home", "files"),
    Command("filter_files", "slash", "filter", "files"),
    Command("open_roadmap", "enter", "enter", "library"),
    Command("new_roadmap", "n", "act('new')", "library", palette=True),
    Command("rename_file", "r", "act('rename')", "library", palette=True),
    Command("copy_roadmap", "c", "act('copy')", "library", palette=True),
    Command("remove_roadmap", "delete,backspace", "act('remove')", "library", palette=True),
    Command("removed_roadmaps", "b", "act('bin')", "library", palette=True),
    Command("import_roadmap", "i", "act('import')", "library", palette=True),
    Command("rescue_roadmap", "s", "act('rescue')", "library"),
    Command("to_portfolio", "p", "act('portfolio')", "library"),
    Command("roadmap_commands", "m", "act('menu')", "library"),
    Command("filter_roadmaps", "slash", "filter", "library"),
    Command("go_portfolio", "enter", "enter", "portfolio"),
    Command("filter_portfolio", "slash", "filter", "portfolio"),
    Command("go_due", "enter", "enter", "due"),
    Command("filter_due", "slash", "filter", "due"),
    Command("due_owner", "o", "owner", "due"),
    Command("go_person", "enter", "enter", "people"),
    Command("rename_person", "r", "rename", "people"),
    Command("filter_people", "slash", "filter", "people"),
    Command("go_colleague", "enter", "enter", "team"),
    Command("share_room", "s", "act('share')", "team"),
    Command("join_room", "e", "act('join')", "team"),
    Command("leave_room", "l", "act('leave')", "team"),
)


def bindings(place: Place) -> list[BindingType]:
    """The bindings of a widget, a screen or the app; by their ids a person's settings choose other keys."""
    return [binding for command in COMMANDS if command.place == place for binding in _bindings_of(command)]


def _bindings_of(command: Command) -> list[Binding]:
    if not command.arguments:
        return [_binding(command, on_any_layout(command.first_keys), command.action, command.id)]
    keys = zip(command.keys.split(","), command.arguments, strict=True)
    return [_binding(command, key, f"{command.action}({argument})", None) for key, argument in keys]


def _binding(command: Command, keys: str, action: str, name: str | None) -> Binding:
    return Binding(keys, action, command.id, id=name, show=False, priority=command.priority)


def by_ids(names: str) -> list[Command]:
    """The commands of these ids, between which blanks stand."""
    known = {command.id: command for command in COMMANDS}
    return [known[name] for name in names.split()]
