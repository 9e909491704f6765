"""`help` and `schema`: what the program knows of itself."""

from __future__ import annotations

from dataclasses import dataclass

from lfroadmap.cli.context import Command, CommandContext
from lfroadmap.cli.options import flag, positional
from lfroadmap.cli.output import print_bytes, print_json
from lfroadmap.errors import UsageError
from lfroadmap.words import SafeText

DONE = 0


@dataclass(frozen=True, slots=True)
class HelpOptions:
    """The options of `help`."""

    topic: str | None = positional()
    man: bool = flag("--man")


@dataclass(frozen=True, slots=True)
class SchemaOptions:
    """The options of `schema`."""

    command: str | None = positional()


def help_(context: CommandContext[HelpOptions]) -> int:
    """Print how the program, or one of its commands, is used."""
    topic = context.options.topic
    if context.options.man:
        from lfroadmap.cli.manual import manual

        print_bytes(manual(context.words).encode())
        return DONE
    key = f"cli.help_{topic}" if topic else "cli.help"
    if key not in context.words:
        raise UsageError("no_command", name=topic)
    context.output.options = ""  # its lines show how a command is used
    context.output.text(SafeText(context.words(key).rstrip("\n")))
    return DONE


def schema(context: CommandContext[SchemaOptions]) -> int:
    """Print the JSON Schema of a snapshot, or of what a command prints or reads."""
    from lfroadmap.usecases.schemas import SCHEMAS

    wanted = context.options.command or "show"
    if wanted not in SCHEMAS:
        raise UsageError("no_schema", name=wanted, known=", ".join(SCHEMAS))
    print_json(SCHEMAS[wanted]())
    return DONE


HELP = Command(HelpOptions, help_, needs_library=False)
SCHEMA = Command(SchemaOptions, schema, needs_library=False)
