"""`people`: what each person has in all roadmaps and when it is due; another name for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional, words_of
from lfroadmap.cli.output import print_json, shell_word
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.machine import now
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.roadmap.people import People
    from lfroadmap.usecases.person_renames import RenamePlan

DONE, NOT_DONE = 0, 1
RENAME = "rename"


@dataclass(frozen=True, slots=True)
class PeopleOptions:
    """The options of `people`."""

    verb: str | None = positional("rename")
    words: tuple[str, ...] = words_of()
    within: str | None = option("--in")
    json: bool = flag("--json")
    dry_run: bool = flag("--dry-run")
    yes: bool = flag("--yes")


Context = CommandContext[PeopleOptions]


def people(context: Context) -> int:
    """Print what each person has, or give a person another name."""
    options = context.options
    if options.verb is not None and options.verb != RENAME:
        raise UsageError("no_verb", name=options.verb, command="people", known=RENAME)
    _check(options)
    name = None if options.within is None else context.chosen_name(options.within)
    return _list(context, name) if options.verb is None else _rename(context, name)


def _check(options: PeopleOptions) -> None:
    """Raise UsageError for an option of the other use."""
    of_rename = {"--dry-run": options.dry_run, "--yes": options.yes}
    wrong = {"--json": options.json} if options.verb else of_rename
    for name, given in wrong.items():
        if given:
            command = f"people {options.verb}" if options.verb else "people"
            raise UsageError("unknown_argument", argument=name, command=command)


def _list(context: Context, within: str | None) -> int:
    from lfroadmap.usecases import people as usecase

    words, risk_days = context.words, context.settings.thresholds.risk_days
    found, unreadable = usecase.people_in(context.library, words, now().date(), risk_days, within)
    status = context.report_unread(unreadable)
    if context.options.json:
        print_json(usecase.plain(found, unreadable, words))
        return status
    if not found.people:
        context.say("people.none")
        return status
    tables = ([*usecase.rows(found, words, weeks)] for weeks in range(usecase.SHOWN_WEEKS, 0, -1))
    context.output.rows(next(filter(context.output.fits, tables), [*usecase.rows(found, words, 1)]))
    _offer(context, found)
    return status


def _offer(context: Context, found: People) -> None:
    """Offer to join names that may be the same person's, by the command that does it."""
    if found.alike:
        context.output.text("")
        context.say("people.alike")
    for each in found.alike:
        names = f"{shell_word(each.short)} {shell_word(each.long)}"
        context.say("people.pair", short=each.short, long=each.long, names=SafeText(names))


def _rename(context: Context, within: str | None) -> int:
    """Show what changes, ask, and do it in each roadmap as one step of its undo."""
    from lfroadmap.usecases.person_renames import plan_rename, preview_lines

    words, options = context.words, context.options
    names = _names(options.words)
    plan = plan_rename(context.library, words, now().date(), names, within)
    status = context.report_unread(plan.unreadable)
    if not plan.places:
        context.say("editing.unchanged")
        return status
    context.output.text("\n".join(preview_lines(plan, words)))
    if options.dry_run:
        return status
    question = words("people.ask_rename")
    if not context.agrees(question, UsageError("rename_needs_yes"), yes=options.yes):
        context.say("people.left")
        return NOT_DONE
    return _apply(context, plan)


def _names(typed: tuple[str, ...]) -> tuple[str, str]:
    """The old and the new name; raises UsageError where there are not just two."""
    old, new, more = (*typed[:2], *("",) * (2 - len(typed[:2])), typed[2:])
    if more:
        raise UsageError("people_rename_two", more=list(more))
    return needed(old, "OLD", "people rename"), needed(new, "NEW", "people rename")


def _apply(context: Context, plan: RenamePlan) -> int:
    """Do it in each roadmap; the others are done where one cannot be changed, which is reported."""
    failed, done = bool(plan.unreadable), 0
    for place in plan.places:
        try:
            _change(context, place.name, plan)
        except RoadmapError as error:
            context.complain(error)
            failed = True
        else:
            context.say("people.renamed", name=place.name)
            done += 1
    if done:
        back = f"{shell_word(plan.new)} {shell_word(plan.old)}"
        context.say("people.undo_joined" if plan.joins else "people.undo_renamed", names=SafeText(back))
    return NOT_DONE if failed else DONE


def _change(context: Context, name: str, plan: RenamePlan) -> None:
    """Change what is in the file, also where others change it at the same moment."""
    from lfroadmap.cli.apply_edit import TRIES, apply_edit, outdated
    from lfroadmap.roadmap.person_rename import person_rename
    from lfroadmap.roadmap.templates import Labels

    for _ in range(TRIES):
        roadmap = context.stored(name)
        labels = Labels(roadmap.template, context.words.language)
        edit = person_rename(roadmap, labels, plan.old, plan.new).edit
        if not edit.edits or apply_edit(context, name, edit, shown=roadmap):
            return
    raise outdated(context, name)


PEOPLE = Command(PeopleOptions, people)
