import typing
from dataclasses import dataclass
from typing import Optional, Union, get_type_hints


@dataclass
class Order:
    number: int | None
    name: str | bytes


def optional_fields(model):
    hints = get_type_hints(model)
    return [name for name, hint in hints.items() if typing.get_origin(hint) is typing.Union]
