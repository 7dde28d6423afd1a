"""The plan that every question here is about."""

from importlib.resources import files

import pytest

from bplan_bot.goal import Plan
from bplan_bot.importers.plan_files import read_package


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Norddjurs 2024, as bundled."""
    folder = files("bplan_bot.plans").joinpath("norddjurs_2024")
    return read_package(
        {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}
    ).plan
