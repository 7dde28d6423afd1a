"""Builds the app package for Teams: the templates of manifest/ filled in with what the settings say."""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from yarl import URL

from bplan_bot.errors import Refused, WrongUse
from bplan_bot.settings import Settings

PARTS = ("manifest.json", "en.json", "color.png", "outline.png")
"""All that is in the package, in this order; manifest.json is the one that is filled in."""

LONGEST_DEVELOPER = 32
"""Characters that Teams' schema gives the developer's name."""

_NEEDED = ("app_id", "developer_name", "website", "privacy_url", "terms_url", "public_url")
_GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_VERSION = re.compile(r"(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16


def app_package(settings: Settings, parts: Mapping[str, bytes], *, version: str = "") -> bytes:
    """The zip to upload, the same bytes for the same settings and parts (by the names in PARTS).

    `version` replaces the template's; Refused names the setting that is missing or wrong.
    """
    filled = json.dumps(_filled(settings, json.loads(parts[PARTS[0]]), version), ensure_ascii=False, indent=2)
    contents = {**parts, PARTS[0]: f"{filled}\n".encode()}
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        for name in PARTS:
            entry = ZipInfo(name, _FIRST_DAY)
            # Otherwise the machine that packs would show, and its compression library too.
            entry.create_system = 3
            entry.external_attr = _READABLE_FILE
            entry.compress_type = ZIP_STORED
            archive.writestr(entry, contents[name])
    return package.getvalue()


def _filled(settings: Settings, template: dict[str, Any], version: str) -> dict[str, Any]:
    """The manifest of this municipality's bot."""
    missing = [_name(field) for field in _NEEDED if not getattr(settings, field).strip()]
    if missing:
        raise Refused("package.missing", names=tuple(missing))
    if not _GUID.fullmatch(settings.app_id):
        raise Refused("package.not_an_id", name=_name("app_id"), written=settings.app_id)
    if version and not _VERSION.fullmatch(version):
        raise WrongUse("package.not_a_version", written=version)
    (bot,) = template["bots"]
    return {
        **template,
        "version": version or template["version"],
        "id": settings.app_id,
        "developer": _developer(settings),
        "bots": [{"botId": settings.app_id, **bot}],
        "validDomains": [_domain(settings)],
    }


def _developer(settings: Settings) -> dict[str, str]:
    name = settings.developer_name.strip()
    if len(name) > LONGEST_DEVELOPER:
        raise Refused(
            "package.long_name", name=_name("developer_name"), length=len(name), most=LONGEST_DEVELOPER
        )
    return {
        "name": name,
        "websiteUrl": str(_address(settings, "website")),
        "privacyUrl": str(_address(settings, "privacy_url")),
        "termsOfUseUrl": str(_address(settings, "terms_url")),
    }


def _domain(settings: Settings) -> str:
    """Where Teams reaches the bot: a domain, since its servers know no names or numbers of ours."""
    address = _address(settings, "public_url")
    host = address.raw_host or ""
    if not _DOMAIN.fullmatch(host):
        raise Refused("package.not_public", name=_name("public_url"), written=settings.public_url)
    return host if address.explicit_port in (None, 443) else f"{host}:{address.explicit_port}"


def _address(settings: Settings, field: str) -> URL:
    written: str = getattr(settings, field)
    try:
        address = URL(written)
    except ValueError:
        address = URL()
    well = address.scheme == "https" and not address.user and _HOST.fullmatch(address.raw_host or "")
    if not well:
        raise Refused("package.not_https", name=_name(field), written=written)
    return address


def _name(field: str) -> str:
    """What a setting is called in the environment."""
    return str(Settings.model_fields[field].validation_alias)
