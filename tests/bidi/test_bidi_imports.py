"""Who may import what of the room."""

from __future__ import annotations

from source import imports, modules

LIGHT = {"lfroadmap.bidi.cutting", "lfroadmap.bidi.marks", "lfroadmap.bidi.ltr_words"}
"""Modules that import nothing heavy, which any part of the program may import."""


def test_outside_the_interfaces_only_light_modules_are_imported() -> None:
    wrong = []
    for path in modules():
        used = {name for name in imports(path) if name.startswith("lfroadmap.bidi")}
        if not path.startswith(("bidi/", "ui/", "cli/", "skeleton.py")):
            wrong += [(path, name) for name in used - LIGHT]
        if not path.startswith(("bidi/textual/", "ui/")):
            wrong += [(path, name) for name in used if name.startswith("lfroadmap.bidi.textual")]
    assert wrong == []
