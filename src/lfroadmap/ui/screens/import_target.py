"""Where an import goes: into the roadmap, or into a pipeline calculator of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lfroadmap.words import Words

ROADMAP = "roadmap"
"""The answer for an import of tasks, cards and KPIs."""


class ImportTarget:
    """The place that takes a file; for a table of deals a person may have to choose it."""

    def __init__(self, calculators: Mapping[str, str], *, is_here: bool) -> None:
        """`calculators`: id -> name; `is_here`: the only one has the focus, and takes all files."""
        self.calculators = calculators
        self._fixed = next(iter(calculators), "") if is_here else ""
        self.chosen = self._fixed
        """Id of a calculator, ROADMAP, or empty while nothing is chosen."""

    @property
    def calculator(self) -> str:
        """Id of the calculator that takes the file; empty for none."""
        return self.chosen if self.chosen in self.calculators else ""

    @property
    def is_open(self) -> bool:
        """True if a table of deals would have to be asked about."""
        return bool(self.calculators) and not self.chosen

    def choose(self, chosen: str) -> None:
        """Take the answer of a person."""
        self.chosen = chosen

    def forget(self) -> None:
        """Forget the answer, which was about another file."""
        self.chosen = self._fixed

    def answers(self, words: Words) -> Iterator[tuple[str, str]]:
        """The possible answers, each with its words."""
        for each, name in self.calculators.items():
            yield each, words("import.into_calculator", name=name)
        yield ROADMAP, words("import.as_tasks")

    def title(self, words: Words) -> str:
        """The title of the screen."""
        if self._fixed:
            return words("import.deals_title", name=self.calculators[self._fixed])
        return words("import.title")

    def kinds(self, words: Words) -> str:
        """The files that can be imported."""
        return words("import.deals_kinds" if self._fixed else "import.kinds")

    def refusal(self, words: Words) -> str:
        """A way out where a file of deals could not be read."""
        return words("import.deals_refused") if self.calculator else ""
