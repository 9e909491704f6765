"""What may stand where the cursor of a shell is: commands, options, names, ids, formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from lfroadmap.cli.argument_kinds import CHOICES, NODE_KINDS, kind_of, may_stand
from lfroadmap.cli.arguments import COMMON, LANGUAGE
from lfroadmap.cli.candidate import FILES, Candidate, Line
from lfroadmap.cli.commands import COMMANDS
from lfroadmap.cli.context import AnyContext
from lfroadmap.cli.options import Argument
from lfroadmap.errors import RoadmapError
from lfroadmap.settings import DIALECTS
from lfroadmap.store.library.library import Library
from lfroadmap.text import match_key, one_line
from lfroadmap.words import LANGUAGES

SHELLS = ("bash", "zsh", "fish")
_ABOUT = 60
"""Characters of what is said about a candidate."""


def candidates(context: AnyContext, words: Sequence[str]) -> list[Candidate]:
    """What may stand in place of the last of `words`, which may be empty or the beginning of it.

    Nothing for a line that cannot be understood: a shell has no place for a message there.
    """
    with suppress(RoadmapError):
        return [*_fitting(_candidates(context, words), words[-1])]
    return []


def _fitting(found: Iterable[Candidate], typed: str) -> Iterator[Candidate]:
    """Those that begin as what was typed, in any case, without signs that no shell shows."""
    key, seen = match_key(typed), set()
    for value, about in found:
        fits = match_key(value).startswith(key) and one_line(value) == value
        if value == FILES or (fits and value not in seen):
            seen.add(value)
            yield Candidate(value, one_line(about)[:_ABOUT])


def _candidates(context: AnyContext, words: Sequence[str]) -> Iterator[Candidate]:
    *before, typed = words
    command, arguments, rest = _command(before)
    given, waiting, place = _given(command, arguments, rest)
    line = Line(context, command, given)
    name, equals, _ = typed.partition("=")
    options = {name: each for each in arguments for name in each.names if name.startswith("-")}
    if equals and name in options:
        values = _values(line, options[name])
        yield from (Candidate(f"{name}={value}", about) for value, about in values if value != FILES)
    elif waiting:
        yield from _values(line, waiting)
    elif typed.startswith("-"):
        yield from (Candidate(n) for n, each in options.items() if may_stand(command, given, each.names[-1]))
    elif place:
        yield from _values(line, place)


def _command(before: Sequence[str]) -> tuple[str, tuple[Argument, ...], list[str]]:
    """The command that a line names, what it takes, and the words without it."""
    rest = list(before)
    takes_value = {name for each in (*COMMON, LANGUAGE) if each.takes_value for name in each.names}
    for at, word in enumerate(before):
        if word in COMMANDS and (at == 0 or before[at - 1] not in takes_value):
            return word, (*COMMANDS[word].load().arguments, *COMMON, LANGUAGE), rest[:at] + rest[at + 1 :]
    return "", (Argument(("command",), "command"), *COMMON, LANGUAGE), rest


def _given(
    command: str, arguments: Sequence[Argument], words: Iterable[str]
) -> tuple[dict[str, str], Argument | None, Argument | None]:
    """The values by argument, the option whose value comes next, and the value that stands by itself next."""
    options = {name: each for each in arguments for name in each.names if name.startswith("-")}
    standing = [each for each in arguments if not each.names[0].startswith("-")]
    given: dict[str, str] = {}
    waiting: Argument | None = None
    for word in words:
        name, equals, value = word.partition("=")
        if waiting:
            given[waiting.names[-1]], waiting = word, None
        elif equals and name in options:
            given[options[name].names[-1]] = value
        elif word in options:
            waiting = options[word] if options[word].takes_value else None
            given |= {} if waiting else {options[word].names[-1]: ""}
        elif standing:
            given[standing[0].names[0]] = word
            standing = standing if standing[0].many else standing[1:]
    return given, waiting, standing[0] if standing else None


# what the values are


def _values(line: Line, argument: Argument) -> Iterable[Candidate]:
    kind = kind_of(line.command, argument.names[-1])
    if kind.endswith("_words"):
        kind = kind.removesuffix("_words") if line.given.get("verb") in ("rename", "remove") else "text"
    return VALUES[kind](line)


def _plain(values: Iterable[str]) -> Callable[[Line], Iterable[Candidate]]:
    return lambda line: map(Candidate, values)


def _commands(line: Line) -> Iterator[Candidate]:
    for command in COMMANDS:
        synopsis, _, about = line.context.words(f"cli.help_{command}").strip().partition("\n\n")
        yield Candidate(command, about.partition(". ")[0] if synopsis else "")


def _topics(line: Line) -> Iterator[Candidate]:
    from lfroadmap.cli.manual import TOPICS

    yield from _commands(line)
    yield from map(Candidate, TOPICS)


def _first(line: Line) -> Iterator[Candidate]:
    yield from _commands(line)
    yield from _roadmaps(line)


def _roadmaps(line: Line) -> Iterator[Candidate]:
    return (Candidate(name, id_ if id_ != name else "") for name, id_ in line.library().ids().items())


def _removed(line: Line) -> Iterator[Candidate]:
    if "name" not in line.given:
        from lfroadmap.store.library.trash import entries

        return (Candidate(entry.name) for entry in entries(line.library()))
    from lfroadmap.store.history.queries import removed
    from lfroadmap.usecases.removed import describe_removed

    name, roadmap = line.roadmap_name(), line.roadmap()
    if name is None or roadmap is None:
        return iter(())
    found = removed(line.library().path(name), roadmap)
    words = line.context.words
    return (Candidate(entry.node, entry.name) for entry in describe_removed(found, roadmap, words))


def _moments(line: Line) -> Iterator[Candidate]:
    from lfroadmap.store.history.queries import marks

    if name := line.roadmap_name():
        yield from (Candidate(mark.name) for mark in marks(line.library().path(name)) if mark.name)


def _points(line: Line) -> Iterator[Candidate]:
    yield from _moments(line)
    yield from _roadmaps(line)
    yield Candidate(FILES)


def _formats(line: Line) -> Iterator[Candidate]:
    from lfroadmap.export import FORMATS

    return (Candidate(name, line.context.words(FORMATS[name].words)) for name in FORMATS)


def _comparisons(line: Line) -> Iterator[Candidate]:
    from lfroadmap.export.comparison_page import COMPARISONS

    return map(Candidate, COMPARISONS)


def _templates(line: Line) -> Iterator[Candidate]:
    from lfroadmap.usecases.known_templates import known_names

    return map(Candidate, known_names())


def _taken(line: Line) -> Iterator[Candidate]:
    """The stages and cards of all templates that can be used."""
    from lfroadmap.roadmap.templates import Labels
    from lfroadmap.usecases.known_templates import usable_roadmaps

    for name, roadmap in usable_roadmaps(line.context.words.language):
        labels = Labels(roadmap.template, line.context.words.language)
        for stage in roadmap.stages:
            yield Candidate(f"{name}.{stage.id}", labels.of(stage))
            yield from (Candidate(f"{name}.{card.id}", labels.of(card)) for card in stage.cards)


def _guide_topics(line: Line) -> Iterator[Candidate]:
    from lfroadmap.usecases.guide import topics

    return (Candidate(topic.id, topic.title) for topic in topics(line.context.words.language))


def _settings(line: Line) -> Iterator[Candidate]:
    from lfroadmap.usecases.settings_edits import setting_names

    return (Candidate(name, about) for name, about in setting_names(line.context.words))


def _setting_values(line: Line) -> Iterator[Candidate]:
    from lfroadmap.usecases.settings_edits import choices_of

    return map(Candidate, choices_of(line.given.get("name", "")))


def _schemas(line: Line) -> Iterator[Candidate]:
    from lfroadmap.usecases.schemas import SCHEMAS

    return map(Candidate, SCHEMAS)


def _owners(line: Line) -> Iterator[Candidate]:
    from lfroadmap.roadmap.task_line import owners_of

    roadmap = line.roadmap()
    return map(Candidate, owners_of(roadmap) if roadmap else ())


def _all_owners(line: Line) -> Iterator[Candidate]:
    from lfroadmap.machine import now
    from lfroadmap.usecases.portfolio import portfolio

    # without the notices of this run, which no shell has a place for
    library = Library(line.library().folder)
    settings = line.context.settings
    found = portfolio(library, line.context.words, now().date(), settings.thresholds.risk_days)
    return (Candidate(share.usual_name) for share in found.shares if share.name)


def _nodes(kind: str) -> Callable[[Line], Iterable[Candidate]]:
    def found(line: Line) -> Iterable[Candidate]:
        from lfroadmap.usecases.node_handles import node_handles

        roadmap = line.roadmap()
        done = {"tick": False, "untick": True}.get(line.command)
        handles = node_handles(roadmap, kind, line.context.words.language, done) if roadmap else ()
        return (Candidate(handle, about) for handle, about in handles)

    return found


VALUES: dict[str, Callable[[Line], Iterable[Candidate]]] = {
    "text": _plain(()),
    "file": _plain((FILES,)),
    "language": _plain(LANGUAGES),
    "dialect": _plain(DIALECTS),
    "shell": _plain(SHELLS),
    **{kind: _plain(words) for kind, words in CHOICES.items()},
    "first": _first,
    "command": _commands,
    "topic": _topics,
    "guide_topic": _guide_topics,
    "roadmap": _roadmaps,
    "removed": _removed,
    "moment": _moments,
    "point": _points,
    "format": _formats,
    "comparison": _comparisons,
    "template": _templates,
    "taken": _taken,
    "schema": _schemas,
    "setting": _settings,
    "setting_value": _setting_values,
    "owner": _owners,
    "any_owner": _all_owners,
    "saved_filter": lambda line: map(Candidate, line.library().state.filters),
    **{kind: _nodes(kind) for kind in NODE_KINDS},
}
"""Kind of a value -> what it may be."""
