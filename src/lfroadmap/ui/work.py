"""Work in the background of the screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode


def start_work(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, Any]], group: str, *, exclusive: bool = False
) -> None:
    """Begin work that ends with a node, `exclusive` in place of what runs in its group.

    It is given as a function: of a coroutine that is cancelled before its first turn Python warns.
    """
    # without a description Textual writes out the function with all that it was given: a large roadmap, too
    node.run_worker(work, group=group, description=group, exclusive=exclusive)
