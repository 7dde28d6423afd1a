"""Builds many values that all stay without the garbage collector going through them again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """The collector rests for the length of the block: figures refer to nothing that refers to them, so it
    finds nothing, and takes a sixth of the time of reading a large file."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
