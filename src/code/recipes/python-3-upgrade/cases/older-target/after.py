import typing
from typing import Callable, Dict, Generator, List, NamedTuple, Optional, Text, TypedDict, Union

class Point(NamedTuple):
    x: int
    label: Optional[str]
class Options(TypedDict, total=False):
    deep: bool
Reader = Callable[[str], Dict[str, int]]


def read(path: Optional[str], then: Union[int, List['Point']] = 0) -> typing.Tuple[int, ...]:
    return ()


def count(upto: int) -> Generator[int, None, None]:
    yield from range(upto)
