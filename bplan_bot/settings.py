"""Every setting with its name in the environment, its default and what it means."""

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bplan_bot.local_text import Language


class Settings(BaseSettings):
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
    mode: Literal["", "teams"] = Field(
        "",
        validation_alias="BPLAN_MODE",
        description="`teams` refuses to start without the bot's id and secret",
    )
    language: Language = Field(
        "da", validation_alias="BPLAN_LANGUAGE", description="the language of the answers: `da` or `en`"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info",
        validation_alias="BPLAN_LOG_LEVEL",
        description="how much is logged: `debug`, `info`, `warning` or `error`",
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

    @property
    def local(self) -> bool:
        """Whether the bot runs without Teams, for this machine only."""
        return not self.app_id
