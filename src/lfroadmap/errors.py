"""The errors shown to people: each says what happened, where, and what to do."""

from __future__ import annotations


class RoadmapError(Exception):
    """Any reason that stops an action; `key` is the key of its message, `facts` fill it.

    The text is looked up in `content/words.<language>.toml` under `error.<key>`, so that the
    message is in the language of the person and not of the code.
    """

    exit_code = 1

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.key} ({facts})" if facts else self.key


class UsageError(RoadmapError):
    """The command line is not valid."""

    exit_code = 2


class BrokenSnapshot(RoadmapError):
    """A JSON or HTML file has no readable roadmap."""


class BrokenStore(RoadmapError):
    """A roadmap's own file is damaged, foreign, or of a newer version."""


class SaveFailed(RoadmapError):
    """The disk did not take an edit; the edit is kept in memory and retried."""


class Ended(SystemExit):
    """The program was ended by a signal, whose number is in the exit status for the shell."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.status = 128 + number
