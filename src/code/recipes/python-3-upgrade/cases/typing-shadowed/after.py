from typing import Dict, List, Set, Type

type = 'a name of the module'


class Manager:
    List = list

    def list(self):
        return 1

    def users(self) -> List[int]:
        return [1]

    def table(self) -> dict[str, int]:
        return {}


def names(set, values: list[str]) -> Set[str]:
    found: Set[str] = set(values)
    return found


def kind() -> Type[int]:
    return int


class Plain:
    Dict = dict
