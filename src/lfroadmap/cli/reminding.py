"""`remind`: what is due as the text of a mail, or as a notification on the desktop."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.due import find_due, say_nothing_due
from lfroadmap.cli.options import flag, option

DONE, NOTHING = 0, 3
"""The exit status: something is due; nothing is, so that a script sends no mail."""


@dataclass(frozen=True, slots=True)
class RemindOptions:
    """The options of `remind`."""

    desktop: bool = flag("--desktop")
    days: str | None = option("--days")
    owner: str | None = option("--owner")


def remind(context: CommandContext[RemindOptions]) -> int:
    """Print or show what is due; the exit status is 3 where nothing is."""
    from lfroadmap.usecases.reminder import mail_text, reminder

    options, words = context.options, context.words
    found = find_due(context, options.days, options.owner, None)
    made = reminder(found, words)
    if made is None:
        say_nothing_due(context, found)
        return NOTHING
    if options.desktop:
        from lfroadmap.usecases.desktop import MOST_LINES, notify

        rest = sum(bool(line) for line in made.body.split("\n")) - MOST_LINES + 1
        notify(made, words.plural("compared.more", rest))
    elif sys.stdout.isatty():
        context.output.text(f"{words('remind.head')}: {made.subject}\n\n{made.body}")
    else:
        context.output.text(mail_text(made))
    return DONE


REMIND = Command(RemindOptions, remind)
