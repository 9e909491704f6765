"""Which commands a footer names for each place, and which others work there too."""

from __future__ import annotations

from lfroadmap.ui.commands import Place

FOOTERS: dict[Place, tuple[str, ...]] = {
    "app": ("undo", "export"),
    "form": ("next_field", "undo", "export", "palette", "structure"),
    "editing": ("keep_text", "next_cell", "undo"),
    "checklist": ("tick", "add_task", "rows edit_task", "task_due", "task_owner"),
    "kpi": ("rows cells edit_cell", "add_kpi", "undo", "export", "remove_kpi"),
    "calculator": ("rows row_cells edit_row_cell", "add_row", "undo", "export", "remove_row"),
    "overview": ("rows go_card", "next_panel", "find", "undo", "export"),
    "flows": ("rows flow_explain", "measure_again", "flow_task", "measure_source"),
    "timeline": ("rows go_scheduled", "move_day", "zoom", "by_owner"),
    "start": ("rows go_step", "hide_start", "tab_digit", "find"),
    "history": ("rows go_change", "see_then", "restore_value", "filter", "to_snapshots"),
    "moment": ("earlier later", "day_earlier", "pick_day", "export_then", "restore_then"),
    "snapshots": ("rows open_snapshot", "new_snapshot", "restore_snapshot"),
    "bin": ("rows bring_back", "empty_bin"),
    "late": ("rows go_late",),
    "search": ("found_rows go_found", "to_filters"),
    "filters": ("filters_across choose_filter", "to_query"),
    "filter": ("take_field",),
    "files": ("rows open_entry", "folder_above", "take_folder", "filter_files"),
    "note": ("keep_note", "note_line"),
    "guide": ("rows open_topic",),
    "topic": ("go_topic_card", "topic_before topic_after"),
    "notes": ("rows edit_note", "write_note", "remove_note"),
    "library": ("rows open_roadmap", "new_roadmap", "filter_roadmaps", "roadmap_commands", "to_portfolio"),
    "portfolio": ("rows go_portfolio", "filter_portfolio"),
    "due": ("rows go_due", "due_owner", "filter_due"),
    "people": ("rows go_person", "rename_person", "filter_people"),
    "settings": ("rows change_setting", "previous_choice next_choice", "usual_setting"),
    "keys": ("rows change_key", "more_keys", "usual_key", "filter_keys"),
    "team": ("rows go_colleague", "share_room", "join_room", "leave_room"),
}
"""The commands that the footer names while a place has the focus, at most five; the keys of commands that
stand together are shown as one, with the name of the last. What leads up, help and quit stand behind them."""

_LISTED: tuple[Place, ...] = ("list", "outside", "screen", "app")
WORKS_TOO: dict[Place, tuple[Place, ...]] = {
    "form": ("screen", "app"),
    "editing": ("app",),
    "checklist": _LISTED,
    "overview": _LISTED,
    "flows": _LISTED,
    "timeline": _LISTED,
    "start": _LISTED,
    "kpi": ("list", "app"),
    "calculator": ("list", "app"),
    "history": ("list", "screen"),
    "snapshots": ("list", "screen"),
    "bin": ("list", "screen"),
    "late": ("list", "screen"),
    "search": ("found", "screen"),
    "filters": ("found", "screen"),
    "moment": ("screen",),
    "filter": ("screen",),
    "files": ("list", "screen"),
    "note": ("screen",),
    "notes": ("list", "screen"),
    "library": ("list", "screen"),
    "portfolio": ("list", "screen"),
    "due": ("list", "screen"),
    "people": ("list", "screen"),
    "team": ("list", "screen"),
    "guide": ("list", "screen"),
    "settings": ("list", "screen"),
    "keys": ("list", "screen"),
    "topic": ("list", "screen"),
}
"""The other places whose commands work while a place has the focus."""
