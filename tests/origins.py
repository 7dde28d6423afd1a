"""A picture whose figures came by document, table, file and form, some of them corrected since."""

from datetime import UTC, date, datetime

from bplan_bot.access import Grant, Person, Role
from bplan_bot.answers import GoalAnswer
from bplan_bot.observation import COUNTRY, Observation, Origin, OriginKind, Series
from bplan_bot.period import Period
from bplan_bot.picture import Picture
from bplan_bot.plan_answers.answer import PlanAnswer
from bplan_bot.plan_answers.definition import Asked, definition
from bplan_bot.plan_answers.origins import About, origins, with_origins
from bplan_bot.provenance import Readers
from db.bundled import read_bundled
from tests.factories import make_document, make_observation, text
from tests.figure_answers import goals

REPORTER = "aaaaaaaa-0000-0000-0000-000000000001"
PLANNER = "aaaaaaaa-0000-0000-0000-000000000002"
PEOPLE = (
    Person(REPORTER, frozenset({Grant(Role.REPORTER, "6.2"), Grant(Role.REPORTER, "6.13")})),
    Person(PLANNER, frozenset({Grant(Role.PLANNER)})),
)
READERS = Readers(PEOPLE)
KEEPERS = Readers(PEOPLE, named=True)
TODAY = date(2025, 7, 1)

FORM = make_document(
    "norddjurs-2024/indberetning-2",
    title=text(
        "Indberetning til 2. opfølgning på Beskæftigelsesplan 2024",
        "Figures reported for follow-up 2 of Employment plan 2024",
    ),
    case="",
    date=date(2025, 5, 20),
    rank=30,
)
TABLE = make_document(
    "jobindsats/OTIJ01/2025-05-26",
    title=text("jobindsats.dk, OTIJ01, opdateret 26.05.2025", "jobindsats.dk, OTIJ01, updated 26 May 2025"),
    case="",
    date=date(2025, 5, 26),
    rank=25,
)
FILE = make_document(
    "file-20250603", title=text("filen »hr.xlsx«", 'the file "hr.xlsx"'), case="", date=date(2025, 6, 3)
)


def reported(value: str, day: int, why: str = "", *, by: str = REPORTER) -> Observation:
    """Goal 6.2's figure of 2024 as somebody reported it on a day of June 2025."""
    return make_observation(
        "6.2.share",
        value,
        document=FORM,
        known_at=date(2025, 6, day),
        recorded_at=datetime(2025, 6, day, 22, 30, tzinfo=UTC),
        note=text(why) if why else None,
        origin=Origin(kind=OriginKind.FORM, name=FORM.key, place="6.2", by=by),
    )


def fetched(value: str | None, month: int, **changes: object) -> Observation:
    """Goal 6.9's figure as the table has it for a month of 2025."""
    return make_observation(
        "6.9.share",
        value,
        document=TABLE,
        known_at=TABLE.date,
        recorded_at=datetime(2025, 5, 26, 12, tzinfo=UTC),
        period=Period.month(2025, month),
        origin=Origin(kind=OriginKind.TABLE, name="otij01", place="period.M=latest:28", by="job:poll"),
        **changes,
    )


MADE = (
    reported("36.9", 10, "afrundet forkert"),
    reported("37.1", 12, "en borger talt to gange", by=PLANNER),
    make_observation(
        "6.2.share",
        "43.9",
        area=COUNTRY,
        document=TABLE,
        recorded_at=datetime(2025, 5, 26, 12, tzinfo=UTC),
        origin=Origin(kind=OriginKind.TABLE, name="otij01", place="period.Y=latest:3", by="job:poll"),
    ),
    make_observation(
        "6.13.apprentices",
        "39",
        period=Period.month(2025, 1),
        document=FILE,
        recorded_at=datetime(2025, 6, 3, 12, tzinfo=UTC),
        origin=Origin(kind=OriginKind.FILE, name="hr.xlsx", place="Ark1!C7", by="command line"),
    ),
)
"""Corrections of what the documents say, each known after them."""


def corrected_picture(*more: Observation, today: date = TODAY) -> Picture:
    """What is known on a day with all of these figures."""
    found = read_bundled()
    said = tuple(statement for statement in found.statements if statement.day <= today)
    series = Series((*found.observations, *MADE, *more), as_of=today)
    return Picture(found.plan, series, said, today)


def every_origin() -> dict[str, PlanAnswer | GoalAnswer]:
    """By the name of its golden file, where figures come from that were typed, read in and corrected."""
    seen = corrected_picture()
    education, apprentices = goals(seen, "6.2"), goals(seen, "6.13")
    source = definition(seen, education, asked=Asked.SOURCE)
    return {
        **{f"origins-6.2-{about}": origins(seen, education, about=about, readers=READERS) for about in About},
        "origins-6.2-named": origins(seen, education, about=About.WHO, readers=KEEPERS),
        "origins-6.13-who": origins(seen, apprentices, about=About.WHO, readers=READERS),
        "origins-several": origins(
            seen, (*education, *apprentices), about=About.CORRECTED, readers=READERS, missing=("7.4",)
        ),
        "origins-all-corrected": origins(seen, (), about=About.CORRECTED, readers=READERS),
        "origins-source": with_origins(source, seen, education, READERS),
        "goal-6.2-corrected": GoalAnswer(seen.of(education[0])),
        "handled-origins-6.2": origins(seen.handled(), education, about=About.WHO, readers=READERS),
    }
