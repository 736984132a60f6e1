from typing import Any


class Plain:
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def shown(self, values: list[Any]) -> str:
        return f'{self.name}: {values!r}'


def count(values):
    return {value for value in values if value}, '%d' % len(values), [value + 1 for value in values]
