import mock
import six
from typing import Optional, Text


def patched(name: 'Text') -> 'mock.mock._patch["Kind"]':
    return mock.mock.patch(name)


def text(value: 'Optional[six.text_type]'):
    raise NotImplementedError(value)
