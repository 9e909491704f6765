"""The JSON of a Trello board: its cards are tasks, its lists say how far they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.json_lists import cell_of, objects, parsed
from lfroadmap.imports.sheet import MAX_ROWS, Sheet
from lfroadmap.roadmap.table_rows import NumberedRow

HEADS = ["task", "done", "due", "owner", "Board list", "Description", "Labels", "Archived", "Link"]


def is_trello(text: str) -> bool:
    """True if JSON begins with a board of Trello."""
    return '"idList"' in text or ('"lists"' in text and '"cards"' in text) or '"idBoard"' in text


def trello_sheet(data: bytes) -> Sheet:
    """The cards of the board as a sheet; raises BrokenSnapshot."""
    board = parsed(data)
    if not isinstance(board, dict):
        raise BrokenSnapshot("snapshot_foreign")
    return Sheet(str(board.get("name", "")), _rows(board), is_list=True)


def _rows(board: dict[str, Any]) -> Iterator[NumberedRow]:
    lists = {cell_of(each.get("id")): cell_of(each.get("name")) for each in objects(board.get("lists"))}
    members = {cell_of(each.get("id")): _name(each) for each in objects(board.get("members"))}
    yield 0, HEADS
    for n, card in enumerate(objects(board.get("cards"))[:MAX_ROWS], 1):
        column = lists.get(cell_of(card.get("idList")), "")
        ids = card.get("idMembers")
        owners = [members.get(each, each) for each in map(cell_of, ids)] if isinstance(ids, list) else []
        yield n, [
            cell_of(card.get("name")), "TRUE" if card.get("dueComplete") is True else column,
            cell_of(card.get("due")), ", ".join(owners), column, cell_of(card.get("desc")),
            cell_of(card.get("labels")), "TRUE" if card.get("closed") is True else "",
            cell_of(card.get("shortUrl")),
        ]  # fmt: skip


def _name(member: dict[str, Any]) -> str:
    return cell_of(member.get("fullName") or member.get("username") or member.get("id"))
