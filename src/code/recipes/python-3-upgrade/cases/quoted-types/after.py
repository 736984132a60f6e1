from unittest import mock
import six
from typing import Optional, Text


def patched(name: str) -> mock._patch[Kind]:
    return mock.patch(name)


def text(value: str | None):
    raise NotImplementedError(value)
