import ast
import asyncio
import base64
import configparser
import datetime
import imp
import inspect
from cgi import escape
from distutils.version import LooseVersion


def old(node, text):
    configparser.SafeConfigParser()
    base64.encodestring(text)
    inspect.getargspec(old)
    return isinstance(node, ast.Str), datetime.datetime.utcnow(), imp, escape, LooseVersion


async def wait():
    loop = asyncio.get_event_loop()
    await asyncio.sleep(1, loop=loop)


def start():
    return asyncio.get_event_loop()
