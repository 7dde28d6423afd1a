"""A setting that holds several values, with commas between them."""

from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode


def listed(written: object) -> object:
    """The parts between the commas."""
    if not isinstance(written, str):
        return written
    return tuple(part.strip() for part in written.split(",") if part.strip())


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(listed)]
