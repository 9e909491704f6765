"""What Textual looks up for each message and each read of a reactive attribute, found once for a class.

Its own way asks all classes that a widget is made of, mostly for names that none of them has: a tenth of what
a new card takes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any, cast

from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive

_get = Reactive.__get__
_get_dispatch_methods = MessagePump._get_dispatch_methods
_STORED: set[tuple[type, str]] = set()
"""Classes, and their attributes that are stored and not computed."""


def _read(attribute: Reactive[object], node: DOMNode | None, owner: type[DOMNode]) -> object:
    """The value of a reactive attribute: the one that is stored, where there is one and none is computed."""
    if node is None:
        return attribute
    name, state = attribute.internal_name, node.__dict__
    if name in state:
        if (owner, name) in _STORED:
            return state[name]
        if not hasattr(node, attribute.compute_name):
            _STORED.add((owner, name))
    return _get(attribute, node, owner)


@lru_cache(maxsize=4096)
def _handling(pump: type, name: str, message: Hashable) -> tuple[type, ...] | None:
    """The classes of a pump that have a handler by a name; None where one is declared by a decorator.

    `message` is the class of the messages.
    """
    kinds = set(cast("type", message).__mro__)
    if any(not kinds.isdisjoint(vars(each).get("_decorated_handlers", ())) for each in pump.__mro__):
        return None
    return tuple(each for each in pump.__mro__ if not vars(each).keys().isdisjoint((name, f"_{name}")))


def _handlers(
    pump: MessagePump, method_name: str, message: Message
) -> Iterable[tuple[type, Callable[[Message], Awaitable[Any]]]]:
    """The handlers of a message, the one of the nearest class first, as long as none ends that."""
    classes = _handling(type(pump), method_name, cast("Hashable", type(message)))
    if classes is None:
        yield from _get_dispatch_methods(pump, method_name, message)
        return
    for each in classes:
        if message._no_default_action:
            break
        method = vars(each).get(f"_{method_name}") or vars(each)[method_name]
        if not getattr(method, "_textual_on", None):
            yield each, method.__get__(pump, each)


def install() -> None:
    """Replace Textual's functions; installing twice has no further effect."""
    Reactive.__get__ = _read  # type: ignore[method-assign,assignment]
    MessagePump._get_dispatch_methods = _handlers  # type: ignore[method-assign,assignment]
