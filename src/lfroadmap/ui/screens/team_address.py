"""The dialog that asks for a room, and for the file with its token."""

from __future__ import annotations

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from lfroadmap.errors import RoadmapError
from lfroadmap.team.room_address import RoomAddress, room_address
from lfroadmap.ui.screens.dialog_box import DialogBox
from lfroadmap.ui.screens.entering import EntryDialog, entry


class RoomChoice(NamedTuple):
    """A room, and where its token is."""

    address: RoomAddress
    token_file: str


class TeamAddressScreen(EntryDialog[RoomChoice]):
    """Ends with the choice, or with None; what is no address of a room stays, with the reason."""

    CSS_PATH = ["dialog.tcss", "team_address.tcss"]  # noqa: RUF012  Textual reads it
    AUTO_FOCUS = "#address"

    def compose(self) -> ComposeResult:
        """Lay out the address over the file, and the ways out."""
        words = self.words
        with DialogBox(self.question):
            yield Static(words("team_here.address"), classes="label", markup=False)
            yield entry("", "address")
            problem = Static("", id="problem", markup=False)
            problem.display = False
            yield problem
            yield Static(words("team_here.token_file"), classes="label", markup=False)
            yield entry("", "token")
            yield self.answers()

    @on(Input.Changed)
    def _forget_problem(self) -> None:
        self.query_one("#problem").display = False

    def accept(self) -> None:
        """Take the address, then the file; a reason is said below the address."""
        address, token = self.query_one("#address", Input), self.query_one("#token", Input)
        try:
            found = room_address(address.value)
        except RoadmapError as error:
            problem = self.query_one("#problem", Static)
            problem.update(self.words.error(error))
            problem.display = True
            address.focus()
            return
        if token.value.strip():
            self.dismiss(RoomChoice(found, token.value.strip()))
        else:
            token.focus()
