"""Choosing a template: three questions, the recommendation with its reason, and the models side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from lfroadmap.roadmap.own_templates.making import OwnTemplate
from lfroadmap.roadmap.templates import DEFAULT, Labels, load, names
from lfroadmap.ui.key_layouts import on_any_layout
from lfroadmap.ui.screens.dialog_box import ScrollingBox, button
from lfroadmap.ui.screens.entering import EntryDialog
from lfroadmap.ui.screens.guide_topic import GuideTopicScreen
from lfroadmap.ui.widgets.chooser import Chooser
from lfroadmap.usecases.choosing import OPTIONS, QUESTIONS, Question, Recommendation, recommend
from lfroadmap.words import Words

COMPARED = "models"
"""The topic of the guide that has the models side by side."""


class ChooseModelScreen(EntryDialog[str]):
    """Ends with the name of a template, or with None."""

    CSS_PATH = ["dialog.tcss", "choose_model.tcss"]  # noqa: RUF012  Textual reads it
    AUTO_FOCUS = "#work"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(on_any_layout("c,question_mark"), "compare", show=False, priority=True)
    ]

    def __init__(self, words: Words, keys: Mapping[str, str], own: Sequence[OwnTemplate] = ()) -> None:
        """`own` are a person's own templates: they can be chosen, and none of them is recommended."""
        super().__init__(words, words("choosing.title"))
        self.own = {each.name: each for each in own}
        self.keys = keys
        self.recommended: Recommendation | None = None

    def compose(self) -> ComposeResult:
        """Lay out the questions over the model, the reason for it, and the ways out."""
        words = self.words
        with ScrollingBox(self.question):
            for question in QUESTIONS:
                yield Static(words(f"choosing.ask_{question}"), classes="label", markup=False)
                yield Chooser(OPTIONS[question], "", self._labeller(question), question)
            yield Static(words("choosing.model"), classes="label", markup=False)
            yield Chooser((*names(), *self.own), DEFAULT, self._title, "model")
            yield Static(id="reason", classes="body", markup=False)
            with Horizontal(classes="answers"):
                yield button(f"{words('choosing.compare')}  c", "compare")
                yield button(words("dialog.cancel"), "cancel", "Esc")
                yield button(words("choosing.make"), "keep", "Enter")

    def on_mount(self) -> None:
        """Say what the questions are for."""
        self._explain()

    def _labeller(self, question: Question) -> Callable[[str], str]:
        return lambda option: self.words(f"choosing.{question}_{option}" if option else "choosing.any")

    def _title(self, template: str) -> str:
        if own := self.own.get(template):
            return own.text("title", self.words.language)
        return Labels(template, self.words.language).of(load(template).roadmap(template))

    @property
    def model(self) -> Chooser:
        """The line with the model that is taken."""
        return self.query_one("#model", Chooser)

    @on(Chooser.Changed)
    def _changed(self, event: Chooser.Changed) -> None:
        """Recommend by the answers, once there are all; a model that was chosen after them stays."""
        answers = {question: self.query_one(f"#{question}", Chooser).chosen for question in QUESTIONS}
        found = recommend(answers, self.words) if all(answers.values()) else None
        if found != self.recommended:
            self.recommended = found
            if found and self.model.chosen != found.template:
                self.model.choose(found.template)
        self._explain()

    def _explain(self) -> None:
        """Say why the model is recommended; of another one what it is."""
        words, found, chosen = self.words, self.recommended, self.model.chosen
        if own := self.own.get(chosen):
            text = words("choosing.own", name=own.name, about=own.text("about", words.language))
        elif found is None:
            text = words("choosing.unanswered")
        elif chosen == found.template:
            text = words("choosing.is_recommended", reason=found.reason)
        else:
            text = words("choosing.other", about=self._about(chosen), name=self._title(found.template))
        self.query_one("#reason", Static).update(text)

    def _about(self, template: str) -> str:
        return Labels(template, self.words.language).about(load(template).roadmap(template))

    @on(Button.Pressed, "#compare")
    def _compare_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_compare()

    def action_compare(self) -> None:
        """Show the models side by side; the topic before it has the classic funnel against the liquid one."""
        self.app.push_screen(GuideTopicScreen(COMPARED, self.words, self.keys))

    def accept(self) -> None:
        """End with the model that is shown."""
        self.dismiss(self.model.chosen)
