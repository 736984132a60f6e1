import typing
from typing import Callable, Dict, Generator, List, NamedTuple, Optional, Text, TypedDict, Union

Point = NamedTuple('Point', [('x', int), ('label', Optional[str])])
Options = TypedDict('Options', {'deep': bool}, total=False)
Reader = Callable[[Text], Dict[Text, int]]


def read(path: Optional[str], then: Union[int, List['Point']] = 0) -> typing.Tuple[int, ...]:
    return ()


def count(upto: int) -> Generator[int, None, None]:
    yield from range(upto)
