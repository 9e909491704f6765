"""Keymaps that come with the product: keys for commands, under a person's own."""

from __future__ import annotations

from collections.abc import Mapping

VIM: Mapping[str, str] = {
    "next_row": "j",
    "previous_row": "k",
    "first_row": "g g",
    "last_row": "G",
    "undo_outside": "u",
    "next_found": "n",
    "task_notes": "N",
    "redo": "ctrl+y,ctrl+r",
    "library": "ctrl+g",
    "measure_again": "r",
    "tick": "space,x",
    "add_task": "a,o",
    "edit_task": "enter,i",
    "remove_task": "delete,backspace,d d",
    "task_due": "D",
    "task_owner": "at",
    "remove_note": "delete,backspace,d d",
    "remove_roadmap": "delete,backspace,d d",
}
"""Id of a command -> its keys, for hands that know vim. Fields, and cells of tables, stay as they are."""

KEYMAPS: Mapping[str, Mapping[str, str]] = {"standard": {}, "vim": VIM}
"""Name of a keymap -> the keys that it changes."""
