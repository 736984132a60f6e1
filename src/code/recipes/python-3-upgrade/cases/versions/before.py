import sys

import pytest

if sys.version_info[0] == 2:
    text = unicode
else:
    text = str

if sys.version_info >= (3, 8):
    from importlib import metadata
elif sys.version_info >= (3, 4):
    import importlib_metadata as metadata


@pytest.mark.skipif(sys.version_info < (3, 7), reason='order of keys')
def test_order():
    assert list({'b': 1, 'a': 2}) == ['b', 'a']


def zone():
    if sys.version_info < (3, 14):
        return 'backport'
    return 'standard'
