"""The errors that people see: each says what happened, where, and what to do."""

from __future__ import annotations


class RoadmapError(Exception):
    """Anything that stops what a person asked for; `key` names its words, `facts` fill them.

    The text is looked up in `content/words.<language>.toml` under `error.<key>`, so that the
    message comes in the language of the person and not of the code.
    """

    exit_code = 1

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.key} ({told})" if told else self.key


class UsageError(RoadmapError):
    """The command was asked in a way that it does not know."""

    exit_code = 2


class BrokenSnapshot(RoadmapError):
    """A JSON or HTML file does not hold a roadmap that can be read."""


class BrokenStore(RoadmapError):
    """A roadmap's own file is damaged, foreign, or of a newer version."""


class SaveFailed(RoadmapError):
    """The disk did not take an edit; the edit is kept in memory and tried again."""


class Ended(SystemExit):
    """The program was told to end by a signal, which a shell reads from the exit status."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.status = 128 + number
