import typing
from typing import Dict, List, NamedTuple, Optional, Text, TypedDict, Union
from collections.abc import Callable, Generator

class Point(NamedTuple):
    x: int
    label: str | None
class Options(TypedDict, total=False):
    deep: bool
Reader = Callable[[str], dict[str, int]]


def read(path: str | None, then: int | list[Point] = 0) -> tuple[int, ...]:
    return ()


def count(upto: int) -> Generator[int]:
    yield from range(upto)
