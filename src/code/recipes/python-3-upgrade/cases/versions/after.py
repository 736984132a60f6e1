import sys

import pytest

text = str

from importlib import metadata


def test_order():
    assert list({'b': 1, 'a': 2}) == ['b', 'a']


def zone():
    if sys.version_info < (3, 14):
        return 'backport'
    return 'standard'
