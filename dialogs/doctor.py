"""What is set up and what is missing, in words: for whoever installs the bot."""

import errno
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bplan_bot.access import Person, may_grant
from bplan_bot.errors import Refused
from bplan_bot.feed import FeedSource
from bplan_bot.goal import Plan
from bplan_bot.importers.figure_template import filled_in_by
from bplan_bot.message import Message, message
from bplan_bot.plan_choice import How, PlanChoice, choose
from bplan_bot.secret_expiry import warning
from bplan_bot.settings import Settings
from bplan_bot.staffing import unstaffed
from bplan_bot.texts.speaker import Speaker
from db.engine import Database
from db.inbox_folder import InboxFolder
from db.people import load_people
from db.pictures import load_picture, load_plans
from dialogs.local_mode import is_loopback

LOGIN_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; what is not well keeps the bot from working as it is set up."""

    well: bool
    said: Message


async def examine(
    settings: Settings,
    database: Database,
    *,
    prepare: Callable[[], Awaitable[None]],
    now: Callable[[], datetime],
    entra: str = "",
) -> list[Finding]:
    """Look at the settings, the bot's login, the database and the port.

    `prepare` brings the database up as `serve` does; `entra` takes the place of Entra's public address.
    """
    return [
        *_channel(settings),
        *await _login(settings, entra),
        *_secret(settings, now().date()),
        *await _database(settings, database, prepare, now),
        _port(settings),
        *_sources(settings),
        _inbox(settings),
        *await _files(database, now().date()),
    ]


def as_lines(findings: list[Finding]) -> list[str]:
    """The findings as lines, the faults marked, and a verdict at the end."""
    speaker = Speaker("da")
    lines = [f"{'✔' if finding.well else '✖'} {speaker(finding.said)}" for finding in findings]
    faults = sum(not finding.well for finding in findings)
    return [*lines, "", speaker.say("doctor.faults", n=faults) if faults else speaker.say("doctor.well")]


def _channel(settings: Settings) -> list[Finding]:
    if settings.local:
        if settings.mode == "teams":
            return [Finding(False, message("settings.teams_without_credentials"))]
        if not is_loopback(settings.host):
            return [Finding(False, message("settings.local_mode_not_loopback", host=settings.host))]
        return [Finding(True, message("doctor.local_mode"))]
    findings = [Finding(True, message("doctor.app_id"))]
    has_password = bool(settings.app_password.get_secret_value())
    findings.append(
        Finding(has_password, message("doctor.password" if has_password else "doctor.no_password"))
    )
    if settings.app_type in ("", "SingleTenant"):
        tenant = bool(settings.app_tenant_id)
        findings.append(Finding(tenant, message("doctor.tenant" if tenant else "doctor.no_tenant")))
    return [*findings, *_tenants(settings)]


def _tenants(settings: Settings) -> list[Finding]:
    """Whose messages are answered, where the settings leave any doubt."""
    if settings.tenants:
        return [Finding(True, message("doctor.tenants", tenants=settings.tenants))]
    if not settings.app_tenant_id:
        return [Finding(settings.app_type != "MultiTenant", message("doctor.any_tenant"))]
    # Entra takes the tenant's name too, but messages carry its id, so none would ever match.
    if "." in settings.app_tenant_id:
        return [Finding(False, message("doctor.tenant_by_name"))]
    return []


async def _login(settings: Settings, entra: str) -> list[Finding]:
    """Whether Entra gives the bot a token, which only asking for one can show."""
    if settings.local or not settings.app_password.get_secret_value():
        return []
    # Imported here, since whoever runs without Teams does without its libraries.
    from dialogs.outbound_http import OutboundHttp
    from dialogs.outbound_token import ENTRA, MULTI_TENANT, EntraToken, NoToken

    http = OutboundHttp(through_proxy=True)
    token = EntraToken(
        http,
        app_id=settings.app_id,
        secret=settings.app_password.get_secret_value(),
        tenant=MULTI_TENANT if settings.app_type == "MultiTenant" else settings.app_tenant_id,
        authority=entra or ENTRA,
        seconds=LOGIN_SECONDS,
        quietly=True,
    )
    try:
        await token()
    except NoToken as problem:
        return [Finding(False, message(f"doctor.token_{problem.fault.value}", code=problem.code))]
    finally:
        await http.close()
    return [Finding(True, message("doctor.token_given"))]


def _secret(settings: Settings, today: date) -> list[Finding]:
    """How long the secret is good for, as far as the settings say."""
    if settings.local:
        return []
    expires = settings.known_secret_expires
    if expires is None:
        return [Finding(True, message("doctor.secret_unknown"))]
    said = warning(expires, today) or message("doctor.secret_good", day=expires)
    return [Finding(expires >= today, said)]


async def _database(
    settings: Settings,
    database: Database,
    prepare: Callable[[], Awaitable[None]],
    now: Callable[[], datetime],
) -> list[Finding]:
    try:
        await prepare()
        picture = await load_picture(database, today=now().date())
        plans = await load_plans(database)
        async with database.reading() as session:
            people = await load_people(session)
    except Refused as refused:
        return [Finding(False, refused.said)]
    plan = picture.plan
    return [
        Finding(True, message("doctor.database", where=database.place.name)),
        Finding(
            True, message("doctor.plan", plan=plan.title, n=len(plan.goals), start=plan.start, end=plan.end)
        ),
        *_other_plans(choose(plans, now().date())),
        *_staffing(settings, plan, people),
    ]


def _other_plans(choice: PlanChoice) -> list[Finding]:
    """That no plan is in force, which is no fault of the bot's, and the plans beside the usual one."""
    others = [
        message(
            "doctor.other_plan_open" if other.round_open else "doctor.other_plan",
            plan=other.title,
            start=other.start,
            end=other.end,
        )
        for other in choice.others
    ]
    none = [message("doctor.no_plan_in_force")] if choice.how is How.NEWEST else []
    return [Finding(True, said) for said in (*none, *others)]


def _staffing(settings: Settings, plan: Plan, people: Sequence[Person]) -> list[Finding]:
    """Which roles nobody has; a fault only without an administrator. In local mode everybody may all."""
    if settings.local:
        return []
    administered = any(map(may_grant, people))
    said = unstaffed(plan, people)
    return [Finding(administered or place > 0, one) for place, one in enumerate(said)]


def _sources(settings: Settings) -> list[Finding]:
    """Which sources are asked for figures; the bot does without them, so none that is off is a fault."""
    off = settings.sources_off
    return [Finding(True, off.get(source, message(f"source.on.{source}"))) for source in FeedSource]


def _inbox(settings: Settings) -> Finding:
    """Whether a folder is watched for files, and whether they could be taken from it."""
    if not settings.inbox:
        return Finding(True, message("doctor.inbox_off"))
    folder = InboxFolder(settings.inbox)
    try:
        folder.check()
    except Refused as refused:
        return Finding(False, refused.said)
    return Finding(True, message("doctor.inbox", path=folder.path))


async def _files(database: Database, today: date) -> list[Finding]:
    """Which sources come as files, and what makes the one that each fills in."""
    try:
        picture = await load_picture(database, today=today)
    except Refused:
        return []  # said of the database already
    return [
        Finding(True, message("doctor.file", source=one.name, key=one.key)) for one in filled_in_by(picture)
    ]


def _port(settings: Settings) -> Finding:
    """Whether the bot could listen there; who listens already may be the bot itself."""
    name = "doctor.port_free"
    try:
        family, *_, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address, family=family).close()
    except OSError as problem:
        name = "doctor.port_taken" if problem.errno == errno.EADDRINUSE else "doctor.cannot_listen"
    return Finding(name != "doctor.cannot_listen", message(name, host=settings.host, port=settings.port))
