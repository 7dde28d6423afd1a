"""The papers name what there is: every setting, every command, and no page that is not there."""

import re
from pathlib import Path

import pytest

from bplan_bot.settings import Settings
from dialogs.commands import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("field", Settings.model_fields.values(), ids=lambda f: str(f.validation_alias))
def test_the_readme_lists_every_setting_with_its_meaning(field):
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `{field.validation_alias}` |"))

    assert field.description in row


def test_the_readme_lists_no_setting_that_is_not_there():
    section = README.partition("## Settings")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))

    assert named == {str(field.validation_alias) for field in Settings.model_fields.values()}


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda c: c.name or c.callback.__name__)
def test_the_readme_names_every_command(command):
    assert f"{command.name or command.callback.__name__}" in README.partition("## Commands")[2]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text) + re.findall(r'src="([^"]+)"', text)

    assert [link for link in links if not (page.parent / link).exists()] == []
