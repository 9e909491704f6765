"""Footer, help, palette and settings speak of the same keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Markdown

from lfroadmap.settings.keymaps import VIM
from lfroadmap.ui.command_keys import shown_keys
from lfroadmap.ui.commands import COMMANDS, Command
from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.words import LANGUAGES, Language, words
from matrices import quick_first
from sitting import FIRST_CARD, OWNER, Sitting, sitting
from terminal import keys

HELP = keys("f1")


async def help_of(at: Sitting) -> str:
    await at.type(HELP)
    await at.until(lambda: isinstance(at.app.screen, HelpScreen) and len(at.app.screen.query(Markdown)) == 2)
    return "\n".join(page.source for page in at.app.screen.query(Markdown))


@pytest.mark.parametrize("language", quick_first(["he", "en"]))
async def test_the_help_lists_every_key_and_closes_again(home: Path, language: Language) -> None:
    texts = words(language)
    async with sitting(home, language=language) as at:
        await at.press("alt+2")
        text = await help_of(at)
        assert "Liquid Funnel" in at.text
        for command in COMMANDS:
            if command.keys:
                assert f"`{shown_keys(command, command.keys)}`" in text
                assert f"| {texts(f'command.{command.id}_about')} |" in text
        assert "`Alt+1 … Alt+9`" in text
        assert "`1 … 9`" in text
        await at.press("escape")
        assert at.app.screen is at.app.main
        assert at.focus == OWNER
        await help_of(at)
        await at.type(HELP)
        assert at.app.screen is at.app.main


async def test_the_footer_names_the_keys_of_the_place(home: Path) -> None:
    async with sitting(home, size=(160, 30)) as at:
        assert "Enter go there" in at.footer
        await at.press("alt+2")
        assert "Tab next field" in at.footer
        at.app.main.set_focus(at.checklist(FIRST_CARD))
        await at.pause()
        for shown in ("Space tick", "a add", "↑↓ Enter reword", "d due", "o owner", "Esc back"):
            assert shown in at.footer
        await at.press("alt+6")
        for shown in ("↑↓←→ Enter edit", "Ins add KPI", "Del remove row", "Esc back"):
            assert shown in at.footer
        await at.press("enter")
        assert all(shown in at.footer for shown in ("Enter keep", "Tab next", "Esc old text"))
        await at.press("escape")
        for tab in "123456":
            await at.press(f"alt+{tab}")
            assert all(shown in at.footer for shown in ("^Z undo", "^E export", "F1 help", "^Q quit"))


@pytest.mark.proof
async def test_the_footer_can_be_clicked(home: Path) -> None:
    async with sitting(home, size=(160, 30)) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist(FIRST_CARD))
        await at.pause()
        await at.click(at.one(Footer), x=at.footer.index("Space tick") + 2)
        assert at.checklist().card.tasks[0].done
        await at.click(at.one(Footer), x=at.footer.index("Esc back"))
        assert at.tab == "overview"
        await at.click(at.one(Footer), x=at.footer.index("Tab next"))
        assert at.tab == "overview"
        await at.click(at.one(Footer), x=at.footer.index("F1"))
        assert isinstance(at.app.screen, HelpScreen)


@pytest.mark.proof
async def test_keys_of_the_settings_work_and_are_shown(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(
        '[keys]\nundo = "f5"\ntick = "x"\nadd_kpi = "n"\nexport = "f6,ctrl+e"\n', "utf-8"
    )
    async with sitting(home, size=(160, 30)) as at:
        await at.type("\x1b2Dana")
        at.app.main.set_focus(at.checklist(FIRST_CARD))
        await at.type("x")
        assert at.checklist().card.tasks[0].done
        assert "x tick" in at.footer
        await at.type(" ")
        assert at.checklist().card.tasks[0].done, "the key of the program is free now"
        await at.press("f5")
        await at.saved()
        assert not at.checklist().card.tasks[0].done
        await at.type("\x1b6")
        assert "F5 undo" in at.footer
        assert "F6 export" in at.footer
        await at.type("n" + "Mine\r")
        assert at.app.session.roadmap.kpis[1].measure == "Mine"
        text = await help_of(at)
        assert "`F5`" in text
        assert "`F6, ^E`" in text
        assert "`^Z`" not in text


async def test_the_palette_finds_commands_and_places(home: Path) -> None:
    async with sitting(home, size=(120, 200)) as at:
        await at.type("\x10")
        await at.until(lambda: "Save and quit" in at.text)
        for command in COMMANDS:
            assert not command.palette or words("en")(f"command.{command.id}_about")[:20] in at.text
        await at.type("pilot")
        await at.until(lambda: "card · D Launch" in at.text)
        await at.press("enter")
        await at.until(lambda: at.tab == "launch")
        assert at.focus == "launch.pilot.owner"
        await at.type("\x10" + "dark or")
        await at.until(lambda: "Switch between the dark" in at.text)
        await at.press("enter")
        await at.until(lambda: at.app.theme == "paper")


@pytest.mark.proof
async def test_the_palette_finds_a_command_by_what_it_does_in_any_case(home: Path) -> None:
    async with sitting(home, size=(120, 50)) as at:
        await at.type("\x10" + "PreVIEW")
        await at.until(lambda: at.shows("with a preview of what will change") and not at.shows("Undo"))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen))


@pytest.mark.parametrize("laid", quick_first(["\x05", HELP, "\x10"]), ids=["export", "help", "palette"])
async def test_keys_of_commands_do_no_harm_behind_what_is_laid_over(home: Path, laid: str) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        await at.saved()
        await at.type(laid)
        await at.until(lambda: at.app.screen is not at.app.main)
        await at.type("\x0c" + "\x05" + HELP + "\x10" + "\x1b3" + "\x1b[6;5~" + "\x0c" + "x")
        for _ in range(5):
            if at.app.screen is not at.app.main:
                await at.press("escape")
        assert at.app.screen is at.app.main
        assert (at.app.session.words.language, at.value(OWNER)) == ("en", "Dana")
        await at.type("\x1b2!")
        assert at.value(OWNER) == "Dana!"
        assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_words_and_an_action(command: Command) -> None:
    from textual.actions import parse

    from lfroadmap.ui.app import RoadmapApp
    from lfroadmap.ui.screens.due import DueScreen
    from lfroadmap.ui.screens.files import FileScreen
    from lfroadmap.ui.screens.guide import GuideScreen
    from lfroadmap.ui.screens.guide_topic import GuideTopicScreen
    from lfroadmap.ui.screens.help import HelpScreen
    from lfroadmap.ui.screens.history import HistoryScreen
    from lfroadmap.ui.screens.keys import KeysScreen
    from lfroadmap.ui.screens.late import LateScreen
    from lfroadmap.ui.screens.library import LibraryScreen
    from lfroadmap.ui.screens.main import MainScreen
    from lfroadmap.ui.screens.moment import MomentScreen
    from lfroadmap.ui.screens.notes import NotesScreen
    from lfroadmap.ui.screens.people import PeopleScreen
    from lfroadmap.ui.screens.portfolio import PortfolioScreen
    from lfroadmap.ui.screens.search import SearchScreen
    from lfroadmap.ui.screens.settings import SettingsScreen
    from lfroadmap.ui.screens.snapshots import SnapshotsScreen
    from lfroadmap.ui.screens.team import TeamScreen
    from lfroadmap.ui.screens.trash import TrashScreen
    from lfroadmap.ui.widgets.calculator_table import CalculatorTable
    from lfroadmap.ui.widgets.card_pane import CardPane
    from lfroadmap.ui.widgets.checklist import Checklist
    from lfroadmap.ui.widgets.dashboard import Dashboard
    from lfroadmap.ui.widgets.filter_chips import FilterChips
    from lfroadmap.ui.widgets.flows_view import FlowsView
    from lfroadmap.ui.widgets.inline_editor import InlineEditor
    from lfroadmap.ui.widgets.kpi_table import KpiTable
    from lfroadmap.ui.widgets.line_list import LineList
    from lfroadmap.ui.widgets.note_area import NoteArea
    from lfroadmap.ui.widgets.start_here import StepList
    from lfroadmap.ui.widgets.timeline_view import TimelineView

    places = {
        "form": CardPane,
        "list": LineList,
        "editing": InlineEditor,
        "outside": MainScreen,
        "screen": MainScreen,
        "checklist": Checklist,
        "kpi": KpiTable,
        "calculator": CalculatorTable,
        "overview": Dashboard,
        "flows": FlowsView,
        "timeline": TimelineView,
        "start": StepList,
        "history": HistoryScreen,
        "moment": MomentScreen,
        "snapshots": SnapshotsScreen,
        "bin": TrashScreen,
        "late": LateScreen,
        "found": SearchScreen,
        "filters": FilterChips,
        "files": FileScreen,
        "note": NoteArea,
        "notes": NotesScreen,
        "library": LibraryScreen,
        "portfolio": PortfolioScreen,
        "due": DueScreen,
        "people": PeopleScreen,
        "team": TeamScreen,
        "help": HelpScreen,
        "guide": GuideScreen,
        "topic": GuideTopicScreen,
        "settings": SettingsScreen,
        "keys": KeysScreen,
    }
    for language in LANGUAGES:
        assert all(words(language)(f"command.{command.id}{end}") for end in ("", "_about"))
    space, name, _ = parse(command.action)
    screens = {"note": NotesScreen, "search": SearchScreen}
    spaces = {"app": RoadmapApp, "screen": screens.get(command.place, HistoryScreen)}
    target = spaces.get(space) or places.get(command.place, RoadmapApp)
    assert callable(getattr(target, f"action_{name}"))
    assert command.keys or command.palette or command.id in VIM, "there is a way to it"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_setting_without_effect_is_named(home: Path, language: Language) -> None:
    (home / "config").mkdir()
    keys = 'fly = "f9"\nrows = "f7"\nexport = "f5, ctrl+z"\nfilter = "s"\nadd_kpi = "x"\n'
    (home / "config" / "settings.toml").write_text(f'theme = "sunny"\n[keys]\n{keys}', "utf-8")
    texts = words(language)
    async with sitting(home, language=language) as at:
        assert at.notices.split("\n") == [
            texts("settings_warning.theme", name="sunny"),
            texts("settings_warning.command", name="fly"),
            texts("settings_warning.fixed", name="rows"),
            texts("settings_warning.twice", key="ctrl+z", first="undo", second="export"),
            texts("settings_warning.twice", key="s", first="filter", second="to_snapshots"),
        ]
        assert "sunny" in at.text


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_key_that_types_a_sign_is_no_key_of_a_command_of_the_fields(
    home: Path, language: Language
) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(
        '[keys]\nundo = "z"\nnext_tab = "f10,comma"\nnext_cell = "."\nadd_task = "1"\ntask_due = "up"\n',
        "utf-8",
    )
    texts = words(language)
    async with sitting(home, language=language) as at:
        assert at.notices.split("\n") == [
            texts("settings_warning.typed", name="undo", key="z"),
            texts("settings_warning.typed", name="next_tab", key="comma"),
            texts("settings_warning.typed", name="next_cell", key="."),
            texts("settings_warning.twice", key="1", first="add_task", second="tab_digit"),
            texts("settings_warning.twice", key="up", first="task_due", second="rows"),
        ]
        await at.type(keys("alt+2") + "buzz, z.")
        assert at.value(OWNER) == "buzz, z."
        assert "^Z" in at.footer
        await at.press("f10")
        assert at.tab == "data"
