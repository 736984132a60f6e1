import collections
import datetime
import functools
import io
import mock
import os
import select
import shlex
import socket
import subprocess
import unittest
from pipes import quote
from xml.etree import cElementTree as ElementTree


@functools.lru_cache(maxsize=None)
def zone():
    return datetime.timezone.utc


def run(words):
    line = ' '.join(shlex.quote(word) for word in words)
    try:
        with io.open('log', 'r') as log:
            subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    except (IOError, socket.error, select.error, KeyError):
        raise EnvironmentError(quote(line))
    return isinstance(words, collections.Sequence), mock.mock.Mock(), os.getcwd(), ElementTree


def bare(name):
    if name.startswith('the '):
        name = name[len('the '):]
    return name


class RunTest(unittest.TestCase):
    def test_run(self):
        self.assertEquals(bare('the bird'), 'bird')
