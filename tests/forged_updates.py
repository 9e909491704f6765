"""Updates made byte by byte, as no library would make them."""

from __future__ import annotations

CLIENT = 777
FORMAT, TYPE, ANY = 6, 7, 8


def number(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes((value & 0x7F | 0x80,))
        value >>= 7
    return out + bytes((value,))


def text(value: str) -> bytes:
    data = value.encode()
    return number(len(data)) + data


def value(plain: str) -> bytes:
    """The content of a plain text."""
    return number(1) + b"w" + text(plain)


def in_root(root: str, key: str, kind: int, content: bytes) -> bytes:
    """An item under a key of a root map."""
    return bytes((kind | 0x20,)) + number(1) + text(root) + text(key) + content


def in_map(clock: int, key: str, kind: int, content: bytes, client: int = CLIENT) -> bytes:
    """An item under a key of the map that the item with that clock made."""
    return bytes((kind | 0x20,)) + number(0) + number(client) + number(clock) + text(key) + content


def behind(client: int, clock: int, content: bytes = value("x")) -> bytes:
    """An item behind another one."""
    return bytes((ANY | 0x80,)) + number(client) + number(clock) + content


def collected(units: int) -> bytes:
    """What is left of removed items."""
    return b"\0" + number(units)


def update(runs: dict[int, list[bytes]], clock: int = 0) -> bytes:
    """An update of items by client, from a clock on."""
    out = number(len(runs))
    for client, items in runs.items():
        out += number(len(items)) + number(client) + number(clock) + b"".join(items)
    return out + number(0)


A_MAP = number(1)
"""The content of an item that is a map."""
A_FORMAT = text("bold") + text("true")
"""The content of an item that formats text."""


def valueless(root: str = "tasks") -> bytes:
    """A node with a key that has no value: text is formatted in it, which only a text can have."""
    return update({CLIENT: [
        in_root(root, "x", TYPE, A_MAP),
        in_map(0, "parent", ANY, value("c")),
        in_map(0, "pos", ANY, value("V")),
        in_map(0, "text", FORMAT, A_FORMAT),
    ]})  # fmt: skip


def circular(first: int, size: int = 1) -> bytes:
    """Two items of two clients, each behind the other."""
    return update({first: [behind(first + 1, 0, value("x" * size))], first + 1: [behind(first, 0)]})


def panicking(client: int) -> bytes:
    """A key of a root without a value: the library panics where it describes the change."""
    return update({client: [in_root("tasks", f"x{client}", FORMAT, A_FORMAT)]})
