"""The desk as a WSGI application."""
import io
import json
import socket
from typing import Callable, Iterable, List, Tuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from tickets.desk import Desk, TicketError

Header = Tuple[str, str]
Start = Callable[[str, List[Header]], object]


def application(desk: Desk) -> Callable[[dict, Start], Iterable[bytes]]:
    def respond(environ: dict, start: Start) -> Iterable[bytes]:
        path = environ.get('PATH_INFO', '/')
        try:
            status, kind, body = route(desk, environ['REQUEST_METHOD'], path, environ)
        except TicketError as error:
            status, kind, body = '400 Bad Request', 'text/plain', '%s\n' % (error,)
        except (IOError, socket.error):
            status, kind, body = '500 Internal Server Error', 'text/plain', 'Broken\n'
        start(status, [('Content-Type', '{0}; charset=utf-8'.format(kind))])
        return [body.encode('utf-8')]

    return respond


def route(desk: Desk, method: str, path: str, environ: dict) -> Tuple[str, str, str]:
    if method == 'POST' and path == '/tickets':
        length = int(environ.get('CONTENT_LENGTH') or 0)
        given = json.loads(environ['wsgi.input'].read(length).decode('utf-8'))
        ticket = desk.open(given['title'], given['by'], given.get('urgent', False))
        return '201 Created', 'text/plain', '%(number)s %(title)s\n' % {'number': ticket.number, 'title': ticket.title}
    if path == '/summary':
        return '200 OK', 'application/json', json.dumps(desk.summary(), sort_keys=True)
    if path == '/feed':
        return '200 OK', 'application/xml', feed(desk)
    return '404 Not Found', 'text/plain', 'Nothing at {path}\n'.format(path=path)


def feed(desk: Desk) -> str:
    root = ElementTree.Element('tickets')
    for ticket in desk:
        ElementTree.SubElement(root, 'ticket', number=str(ticket.number)).text = escape(ticket.title)
    return ElementTree.tostring(root, encoding='unicode')


def read_notes(path: str) -> str:
    with io.open(path, 'r', encoding='utf-8') as notes:
        return notes.read()
