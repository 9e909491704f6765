"""The prompts: what a person asks of an assistant again and again, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lfroadmap.assistant.arguments import LONGEST_TEXT
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.marking import unhidden
from lfroadmap.errors import UsageError
from lfroadmap.text import one_line
from lfroadmap.words import LANGUAGES, Words, words


class Prompt(NamedTuple):
    """A prompt: the arguments that it needs, and that it may have."""

    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ("in", "language")


PROMPTS: dict[str, Prompt] = {
    "steering_meeting": Prompt(),
    "at_risk": Prompt(),
    "notes_to_tasks": Prompt(("notes",)),
}
"""Name -> its arguments; its text is `assistant.prompt_<name>_text`."""


def messages(desk: Desk, name: str, given: Mapping[str, str] | None) -> tuple[str, ...]:
    """The texts that a person sends by choosing a prompt; raises RoadmapError."""
    prompt = PROMPTS.get(name)
    if prompt is None:
        raise UsageError("assistant_prompt", name=one_line(name)[:80], known=list(PROMPTS))
    values = dict(given or {})
    for key, value in values.items():
        if key not in (*prompt.needs, *prompt.may_have):
            known = [*prompt.needs, *prompt.may_have]
            raise UsageError("assistant_argument", tool=name, name=one_line(key)[:60], known=known)
        if len(value) > LONGEST_TEXT:
            raise UsageError("assistant_long", name=key, most=LONGEST_TEXT)
    for key in prompt.needs:
        if not values.get(key, "").strip():
            raise UsageError("assistant_missing", tool=name, name=key)
    say = _words(desk, values.get("language"))
    roadmap = unhidden(desk.chosen(values.get("in")))
    asked = unhidden(say(f"assistant.prompt_{name}_text", roadmap=roadmap))
    if "notes" not in values:
        return (asked,)
    return asked, f"{say('assistant.notes')}\n\n{unhidden(values['notes'])}"


def _words(desk: Desk, language: str | None) -> Words:
    if not language:
        return desk.words
    for known in LANGUAGES:
        if language == known:
            return words(known)
    raise UsageError("unknown_language", name=one_line(language)[:60], known=", ".join(LANGUAGES))
