"""Writes a file that somebody asked for: all of it or nothing."""

from contextlib import suppress
from os.path import realpath
from pathlib import Path
from secrets import token_hex

from bplan_bot.errors import Refused


def write_whole(path: Path, content: bytes) -> None:
    """Write the file all at once, so that one that is there stays until the new one is whole."""
    try:
        target = Path(realpath(path))
        if target.exists() and not target.is_file():
            raise Refused("package.not_a_file", path=path)
        new = target.with_name(f".{token_hex(8)}.new")
        try:
            with new.open("xb") as file:
                file.write(content)
            new.replace(target)
        finally:
            with suppress(OSError):
                new.unlink()
    except OSError as problem:
        raise Refused("package.cannot_write", path=path) from problem
