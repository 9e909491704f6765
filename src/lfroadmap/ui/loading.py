"""Textual, without loading what it has for programs that use more of it than this one does.

Textual imports its own command palette, with the widgets that this is made of, tables and trees of Rich,
lines on a canvas, and by asyncio the whole of TLS: a tenth of the time to its first picture. This program has
a palette of its own, and reads files. So these are loaded when something of them is used.
"""

from __future__ import annotations

import sys
from importlib import import_module

from lfroadmap.deferring import Deferral, make_lazy

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
DEFERRED_OF_RICH = ("pickle", "random")
"""Modules of which Rich imports names, for styles that carry data or a link."""


class _Provider:
    """What Textual's provider of commands is made of, until its palette is loaded."""


def _give_provider_its_base() -> None:
    """Make the provider of themes one of the palette's, wherever Textual has it."""
    theme = import_module("textual.theme")
    old = theme.ThemeProvider
    own = {name: value for name, value in vars(old).items() if name not in ("__dict__", "__weakref__")}
    new = type(old)(old.__name__, (import_module("textual.command").Provider,), own)
    for module in [module for name, module in sys.modules.items() if name.partition(".")[0] == "textual"]:
        for name, value in list(vars(module).items()):
            if value is old:
                vars(module)[name] = new


_DEFERRAL = Deferral(
    DEFERRED, "textual", given={"textual.command": {"Provider": _Provider}}, loaded=_give_provider_its_base
)


def load_textual() -> None:
    """Import what the first screen needs of Textual; nothing is deferred where it is loaded already."""
    if "asyncio" not in sys.modules:
        for name in LAZY:
            make_lazy(name)
    with Deferral(DEFERRED_OF_RICH, "rich").importing(), _DEFERRAL.importing():
        import textual.app  # noqa: F401, PLC0415
