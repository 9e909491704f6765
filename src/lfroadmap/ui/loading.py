"""Textual, without loading what it has for programs that use more of it than this one does.

Textual imports its own command palette, with the widgets that this is made of, tables and trees of Rich,
lines on a canvas, and by asyncio the whole of TLS: a tenth of the time to its first picture. This program has
a palette of its own, and reads files. So these are loaded when something of them is used.
"""

from __future__ import annotations

import sys
from abc import ABC
from importlib import import_module

from lfroadmap.deferring import Deferral, attach, make_lazy

LAZY = ("ssl", "asyncio.sslproto")
"""Modules that are imported as a whole."""
DEFERRED = (
    "platformdirs",
    "rich.table",
    "rich.tree",
    "textual.canvas",
    "textual.command",
    "textual.css._help_text",
    "textual.markup",
    "textual.suggestions",
    "uuid",
)
"""Modules of which Textual imports names."""
DEFERRED_BY_BOTH = ("pickle",)
"""Modules of which Rich and Textual import names, for styles that carry data."""


class _Provider(ABC):  # noqa: B024 - as the palette has it: bases are exchanged only for their like
    """What Textual's provider of commands is made of, until its palette is loaded."""


def _give_providers_their_base(loaded: str) -> None:
    """Make what was made of the stand-in a kind of the palette's own providers."""
    if loaded != "textual.command":
        return
    base = import_module("textual.command").Provider
    for provider in _Provider.__subclasses__():
        provider.__bases__ = (base,)


_BOTH = Deferral(DEFERRED_BY_BOTH, ("rich", "textual"))
_DEFERRAL = Deferral(
    DEFERRED,
    ("textual",),
    given={"textual.command": {"Provider": _Provider}},
    loaded=_give_providers_their_base,
)


def load_textual() -> None:
    """Import what the first screen needs of Textual; nothing is deferred where it is loaded already."""
    if "asyncio" not in sys.modules:
        for name in LAZY:
            make_lazy(name)
    with _BOTH.importing(), _DEFERRAL.importing():
        import textual.app  # noqa: F401, PLC0415
    for name in LAZY:
        attach(name)
