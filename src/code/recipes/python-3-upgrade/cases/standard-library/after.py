import collections
import datetime
import functools
import io
from unittest import mock
import os
import select
import shlex
import socket
import subprocess
import unittest
from shlex import quote
from xml.etree import ElementTree as ElementTree


@functools.cache
def zone():
    return datetime.UTC


def run(words):
    line = shlex.join(words)
    try:
        with open('log') as log:
            subprocess.run(line, capture_output=True, text=True)
    except (OSError, KeyError):
        raise OSError(quote(line))
    return isinstance(words, collections.abc.Sequence), mock.Mock(), os.getcwd(), ElementTree


def bare(name):
    name = name.removeprefix('the ')
    return name


class RunTest(unittest.TestCase):
    def test_run(self):
        self.assertEqual(bare('the bird'), 'bird')
