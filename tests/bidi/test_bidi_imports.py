"""Who may import what of the room."""

from __future__ import annotations

from source import imports, modules

LIGHT = {"lfroadmap.bidi.cutting", "lfroadmap.bidi.marks", "lfroadmap.bidi.ltr_words"}
"""Modules that import nothing heavy, which any part of the program may import."""


def test_outside_the_interfaces_only_light_modules_are_imported() -> None:
    for path, tree in modules().items():
        used = {name for name in imports(path, tree) if name.startswith("lfroadmap.bidi")}
        if not path.startswith(("bidi/", "ui/", "cli/", "skeleton.py")):
            assert used <= LIGHT, path
        if not path.startswith(("bidi/textual/", "ui/")):
            assert not any(name.startswith("lfroadmap.bidi.textual") for name in used), path
