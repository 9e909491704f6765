"""The interface of the editor of a field."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from lfroadmap.roadmap.model import Field


@runtime_checkable
class Editor(Protocol):
    """The editor of a field, as a form knows it."""

    field: Field

    def show(self, field: Field, *, force: bool) -> None:
        """Take the field as it is now; while it has the focus only when forced."""
        ...

    def commit_pending(self) -> None:
        """Report the text that was typed and not reported yet."""
        ...

    @property
    def reason(self) -> str:
        """The reason why the text cannot be read; empty when it can."""
        ...

    @property
    def remark(self) -> str:
        """The text beside the value."""
        ...
