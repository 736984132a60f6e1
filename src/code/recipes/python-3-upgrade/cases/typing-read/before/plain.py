from typing import get_type_hints


def hints(model):
    return get_type_hints(model)
