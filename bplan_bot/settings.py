"""Every setting with its name in the environment, its default and what it means."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import NoDecode, SettingsConfigDict

from bplan_bot.access import Sees
from bplan_bot.deadlines import Lead
from bplan_bot.listed import Listed, listed
from bplan_bot.local_text import Language
from bplan_bot.object_id import person_id
from bplan_bot.source_settings import SourceSettings
from bplan_bot.working_days import WorkingDays

NO_OBJECT_ID = "settings.no_object_id"
"""The kind of fault whose sentence says what an object id is; other faults refer to the README."""

_TENANT = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
# A name, never an address: the bot's token goes to whoever answers there.
_HOST = r"(\*\.([A-Za-z0-9-]+\.)+|([A-Za-z0-9-]+\.)+)[A-Za-z]{2,}"


class Settings(SourceSettings):
    """What the environment (or `.env`) says; only bot.py makes one. The README lists them from here."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        "sqlite+aiosqlite:///var/bplan.db",
        validation_alias="DATABASE_URL",
        description="the database: an SQLite file, or `postgresql+asyncpg://…`",
    )
    host: str = Field(
        "127.0.0.1",
        validation_alias="HOST",
        description="the address to listen on; in local mode a loopback address only",
    )
    port: int = Field(3978, ge=0, le=65535, validation_alias="PORT", description="the port to listen on")
    app_id: str = Field(
        "", validation_alias="MicrosoftAppId", description="the bot's id in Entra; empty means local mode"
    )
    app_password: SecretStr = Field(
        SecretStr(""), validation_alias="MicrosoftAppPassword", description="the bot's secret in Entra"
    )
    app_type: str = Field(
        "",
        validation_alias="MicrosoftAppType",
        description="`SingleTenant`, which empty means too, or `MultiTenant`",
    )
    app_tenant_id: str = Field(
        "",
        validation_alias="MicrosoftAppTenantId",
        description="the municipality's tenant; `SingleTenant` needs it",
    )
    tenants: Listed = Field(
        (),
        validation_alias="BPLAN_TENANTS",
        description="ids of the tenants that are served, with commas; empty means `MicrosoftAppTenantId`",
    )
    service_hosts: Listed = Field(
        (),
        validation_alias="BPLAN_SERVICE_HOSTS",
        description="more hosts of Teams that may be sent the bot's token, `host` or `*.host`, with commas",
    )
    rate_limit: int = Field(
        30,
        ge=0,
        validation_alias="BPLAN_RATE_LIMIT",
        description="messages answered per user and minute, `0` = all; in local mode only when set",
    )
    mode: Literal["", "teams"] = Field(
        "",
        validation_alias="BPLAN_MODE",
        description="`teams` refuses to start without the bot's id and secret",
    )
    administrator: str = Field(
        "",
        validation_alias="BPLAN_ADMINISTRATOR",
        description="Entra object id of the first administrator, appointed while there is none",
    )
    strangers: Sees = Field(
        Sees.HANDLED,
        validation_alias="BPLAN_STRANGERS",
        description="what people without a role see in a personal chat: `handled` (what the committee has "
        "handled), `everything` or `nothing`",
    )
    hide_small_counts: bool = Field(
        True,
        validation_alias="BPLAN_HIDE_SMALL_COUNTS",
        description='whether counts of 1 and 2 from own lists are shown as "færre end 3" where others read '
        "along and to people without a role",
    )
    language: Language = Field(
        "da", validation_alias="BPLAN_LANGUAGE", description="the language of the answers: `da` or `en`"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info",
        validation_alias="BPLAN_LOG_LEVEL",
        description="how much is logged: `debug`, `info`, `warning` or `error`",
    )

    agenda_days: int = Field(
        4,
        ge=0,
        le=60,
        validation_alias="BPLAN_AGENDA_DAYS",
        description="working days before the committee's meeting on which its papers go out",
    )
    figures_days: int = Field(
        10,
        ge=0,
        le=120,
        validation_alias="BPLAN_FIGURES_DAYS",
        description="working days before the papers go out by which figures must be in",
    )
    first_reminder_days: int = Field(
        15,
        ge=1,
        le=120,
        validation_alias="BPLAN_FIRST_REMINDER_DAYS",
        description="working days before that deadline on which figures are asked for",
    )
    second_reminder_days: int = Field(
        5,
        ge=0,
        le=120,
        validation_alias="BPLAN_SECOND_REMINDER_DAYS",
        description="working days before it on which they are asked for again",
    )
    missing_days: int = Field(
        2,
        ge=0,
        le=120,
        validation_alias="BPLAN_MISSING_DAYS",
        description="working days before it on which the planansvarlig is told what is missing",
    )
    saturdays: bool = Field(
        False, validation_alias="BPLAN_SATURDAYS", description="whether Saturdays count as working days"
    )
    closing_days: Annotated[tuple[date, ...], NoDecode, BeforeValidator(listed)] = Field(
        (),
        validation_alias="BPLAN_CLOSING_DAYS",
        description="days the municipality is closed besides the holidays, like `2025-05-30`, with commas",
    )
    keep_questions_days: int = Field(
        30,
        ge=0,
        le=3650,
        validation_alias="BPLAN_KEEP_QUESTIONS_DAYS",
        description="days that questions are kept with the thumbs their answers got; `0` keeps none",
    )
    secret_expires: date | None = Field(
        None,
        validation_alias="BPLAN_SECRET_EXPIRES",
        description="the day the bot's secret runs out, like `2027-11-20`; empty means unknown",
    )

    public_url: str = Field(
        "",
        validation_alias="BPLAN_PUBLIC_URL",
        description="the https address on which Teams reaches the bot; for the app package",
    )
    developer_name: str = Field(
        "",
        validation_alias="BPLAN_DEVELOPER_NAME",
        description="who stands behind the app, at most 32 characters; for the app package",
    )
    website: str = Field(
        "",
        validation_alias="BPLAN_WEBSITE",
        description="https address of a page about the bot and who helps with it; for the app package",
    )
    privacy_url: str = Field(
        "",
        validation_alias="BPLAN_PRIVACY_URL",
        description="https address of the privacy statement; for the app package",
    )
    terms_url: str = Field(
        "",
        validation_alias="BPLAN_TERMS_URL",
        description="https address of the terms of use; for the app package",
    )

    @field_validator("tenants")
    @classmethod
    def _tenant_ids(cls, tenants: tuple[str, ...]) -> tuple[str, ...]:
        return _all_like(_TENANT, tenants, "ids like 00000000-0000-0000-0000-000000000000, with commas")

    @field_validator("service_hosts")
    @classmethod
    def _host_names(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        return _all_like(_HOST, hosts, "names like smba.example.com or *.example.com, with commas")

    @field_validator("administrator")
    @classmethod
    def _known_to_the_directory(cls, administrator: str) -> str:
        # In local mode too: an administrator nobody can ever be would keep the real one from being appointed.
        found = person_id(administrator, local=False)
        if administrator and not found:
            raise PydanticCustomError(NO_OBJECT_ID, "it must be an object id of Entra")
        return found

    @property
    def lead(self) -> Lead:
        """How the dates of a round are counted."""
        return Lead(
            agenda=self.agenda_days,
            figures=self.figures_days,
            first=self.first_reminder_days,
            second=self.second_reminder_days,
            missing=self.missing_days,
            working=WorkingDays(saturdays=self.saturdays, closed=frozenset(self.closing_days)),
        )

    @property
    def served_tenants(self) -> tuple[str, ...]:
        """The tenants whose people the bot answers; empty means all."""
        return self.tenants or ((self.app_tenant_id,) if self.app_tenant_id else ())

    @property
    def messages_per_minute(self) -> int:
        """How many messages of one person are answered in a minute; 0 is no limit."""
        if self.local and "rate_limit" not in self.model_fields_set:
            return 0
        return self.rate_limit

    @property
    def known_secret_expires(self) -> date | None:
        """The last day of the secret; None in local mode, which has none."""
        return None if self.local else self.secret_expires

    @property
    def local(self) -> bool:
        """Whether the bot runs without Teams, for this machine only."""
        return not self.app_id


def _all_like(pattern: str, written: tuple[str, ...], wanted: str) -> tuple[str, ...]:
    if not all(re.fullmatch(pattern, one) for one in written):
        raise ValueError(f"it must be {wanted}")
    return written
