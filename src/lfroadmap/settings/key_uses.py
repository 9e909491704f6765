"""Which keys a command can have: not all commands take other ones, and not every key arrives everywhere.

The screen has the table of commands; a test holds these lists and that table together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from lfroadmap.settings.key_syntax import is_never_sent, types_sign

FIXED = frozenset(
    {
        "move_day", "move_start", "scroll_time", "zoom", "cells", "row_cells", "rows", "pages",
        "row_ends", "tab_digit", "tab_number", "scroll_lines", "scroll_pages", "found_rows",
        "found_pages", "filters_across",
    }
)  # fmt: skip
"""The commands whose keys stand for a number or a direction."""
IN_FIELDS = frozenset(
    {
        "keep_text", "next_cell", "previous_cell", "cancel_text", "next_field", "previous_field",
        "field_up", "field_down", "leave_field", "next_tab", "previous_tab", "undo", "redo", "history",
        "moment", "snapshots", "bin", "export", "import", "copy", "late", "changes", "language", "search",
        "palette", "help", "guide", "tour", "tour_next", "reset", "theme", "settings", "keys", "dark",
        "quit", "library", "portfolio", "due", "people", "structure", "add_card", "rename_card",
        "duplicate_card", "card_up", "card_down", "move_card", "remove_card", "add_stage", "rename_stage",
        "duplicate_stage", "remove_stage", "rename_roadmap", "take", "team", "share_team", "join_team",
        "save_template", "apply_template", "add_field", "edit_field", "duplicate_field", "move_field",
        "remove_field", "rename_calculator", "duplicate_calculator", "calculator_up", "calculator_down",
        "move_calculator", "remove_calculator", "moves_kpi", "duplicate_task", "move_task", "go_found",
        "to_filters", "take_field", "keep_note", "note_line",
    }
)  # fmt: skip
"""The commands that work while a text is written, where every sign is a part of the text."""
IN_CELLS = frozenset(
    {
        "edit_cell", "add_kpi", "remove_kpi", "clear_cell", "kpi_from", "kpi_again", "bind_kpi", "kpi_up",
        "kpi_down", "edit_row_cell", "add_row", "remove_row", "clear_row_cell", "row_up", "row_down",
    }
)  # fmt: skip
"""The commands of the tables: a sign alone is a key of theirs, the first of two begins a text."""


class NoEffect(NamedTuple):
    """A key that a command cannot have."""

    name: str
    """Id of the command."""
    key: str
    reason: Literal["fixed", "typed", "cells", "never"]


def without_effect(keys: Mapping[str, str]) -> Iterator[NoEffect]:
    """The keys of commands that do nothing there; of a command that takes none, its keys as they are."""
    for name, chosen in keys.items():
        if name in FIXED:
            yield NoEffect(name, chosen, "fixed")
            continue
        for key in chosen.split(","):
            if is_never_sent(key):
                yield NoEffect(name, key, "never")
            elif name in IN_FIELDS and types_sign(key):
                yield NoEffect(name, key, "typed")
            elif name in IN_CELLS and " " in key and types_sign(key):
                yield NoEffect(name, key, "cells")
