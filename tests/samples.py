"""A small roadmap with something of everything, in each language, independent of the templates' words."""

from __future__ import annotations

from datetime import date

from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.words import Language

TODAY = date(2026, 3, 15)

EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(2)</script>",
    "</title></style><svg/onload=alert(3)>",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m",
    "user\u202egnp.exe a\u2067b\u2066c",
    "[red]not red[/red] [link=javascript:alert(4)]click[/link] [/] [bold",
    "nul\x00 bs\x08 vt\x0b del\x7f",
    "<!-- <script> -->",
    "&amp; &lt; &#x27; {x} {0} :smile:",
    "line\u2028sep\u2029par\rcarriage",
    "javascript:alert(5)",
    "https://example.com/?a=<b>\"'&c",
    "]]> <![CDATA[",
    "\ufeff\ufffe\uffff",
)


def sample(language: Language) -> Roadmap:
    """Two stages, one of them late, one done; long text that mixes both directions."""
    return _hebrew() if language == "he" else _english()


def hostile() -> Roadmap:
    """Everything that can be typed is hostile."""
    every = "\n".join(EVIL)
    fields = tuple(
        Field(f"f{n}", "long" if n % 2 else "text", label=evil, value=evil) for n, evil in enumerate(EVIL)
    )
    more = (
        Field("deadline", "date", "deadline", every, "<b>soon</b>"),
        Field("owner", "text", "owner", every, every),
        Field("choice", "choice", "", every, every, "ltr", EVIL),
    )
    tasks = tuple(
        Task(f"t{n}", evil, bool(n % 2), evil, evil, evil) for n, evil in enumerate(EVIL)
    )  # fmt: skip
    stage = Stage('"><b id="s">', every, (Card("</section>", every, (*fields, *more), tasks),))
    kpis = tuple(
        Kpi(f"k{n}", evil, evil, f"{evil} 5", evil, "1", f"3{evil}", "down", evil)
        for n, evil in enumerate(EVIL)
    )
    return Roadmap("<id>", every, '"template"', (stage,), kpis)


def _english() -> Roadmap:
    goals = Card(
        "goals",
        "Goals & <limits>",
        (
            Field("goals.owner", "text", "owner", "Owner", "Dana Levi"),
            Field("goals.deadline", "date", "deadline", "Deadline", "2026-03-01"),
            Field(
                "goals.text", "long", "goals", "Goals", "Bring back 20% of those who left\nגרסה 2 של ה-API"
            ),
            Field("goals.link", "text", "", "Board", "https://example.com/board?a=1&b=2", "ltr"),
        ),
        (
            Task("goals.1", "Choose the segments", True, "2026-02-20"),
            Task("goals.2", "Name an owner", False, "", "2026-03-31", "Yossi"),
            Task("goals.3", "Set the targets"),
        ),
    )
    pilot = Card(
        "pilot",
        "Pilot",
        (
            Field("pilot.deadline", "date", "deadline", "Deadline", "2026-03-29"),
            Field("pilot.group", "text", "", "Control group"),
            Field("pilot.start", "date", "", "Start", "someday"),
            Field("pilot.choice", "choice", "", "Rhythm", "weekly", "auto", ("weekly", "monthly")),
        ),
        (Task("pilot.1", "Run it", True, "2026-03-02"),),
    )
    return Roadmap(
        "plan",
        "Plan · Acme",
        "",
        (Stage("a", "A. Strategy", (goals,)), Stage("b", "B. Launch", (pilot, Card("c", "Scale")))),
        (
            Kpi("k1", "Return rate", "% who came back", "+20% a quarter", "Growth", "20", "23", "up", "%"),
            Kpi("k2", "Return time", "", "12", "", "20", "25", "down", "days"),
            Kpi("k3", "Close rate"),
        ),
    )


def _hebrew() -> Roadmap:
    goals = Card(
        "goals",
        "יעדי Liquid Funnel",
        (
            Field("goals.owner", "text", "owner", "אחראי/ת", "דנה לוי"),
            Field("goals.deadline", "date", "deadline", "דדליין", "2026-03-01"),
            Field(
                "goals.text",
                "long",
                "goals",
                "יעדים",
                "API גרסה 2 ו-C++ בדף /pricing\nל-35% עד 30/09/2026\nplain",
            ),
        ),
        (
            Task("goals.1", "לבחור פלחי שוק", True, "2026-02-20"),
            Task("goals.2", "לקבוע אחראי/ת", False, "", "2026-03-31", "Yossi"),
        ),
    )
    return Roadmap(
        "plan",
        "מפת דרכים · Acme",
        "",
        (Stage("a", "שלב א: אסטרטגיה", (goals,)),),
        (Kpi("k1", "שיעור חזרה", "% הלקוחות שחזרו", "+20% ברבעון", "צמיחה", "20", "23", "up", "%"),),
    )
