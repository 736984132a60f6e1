import io
import json
import os
import tempfile
import unittest

from tickets.desk import Desk
from tickets.web import application, read_notes


class WebTest(unittest.TestCase):
    def setUp(self):
        self.application = application(Desk())

    def call(self, method, path, body=None):
        seen = []
        data = json.dumps(body).encode('utf-8')
        environ = {
            'REQUEST_METHOD': method,
            'PATH_INFO': path,
            'CONTENT_LENGTH': str(len(data)),
            'wsgi.input': io.BytesIO(data),
        }
        answer = self.application(environ, lambda status, headers: seen.append(status))
        return seen[0], b''.join(answer).decode('utf-8')

    def test_opens_and_lists(self):
        status, body = self.call('POST', '/tickets', {'title': 'No paper', 'by': 'bob', 'urgent': True})
        self.assertEqual((status, body), ('201 Created', '1 No paper\n'))
        self.assertEqual(self.call('GET', '/summary')[1], '{"open": 1, "urgent": 1}')
        self.assertEqual(self.call('GET', '/feed')[1], '<tickets><ticket number="1">No paper</ticket></tickets>')

    def test_says_what_is_wrong(self):
        status, body = self.call('POST', '/tickets', {'title': '', 'by': 'bob'})
        self.assertEqual((status, body), ('400 Bad Request', 'A ticket by bob has no title\n'))
        self.assertEqual(self.call('GET', '/nowhere'), ('404 Not Found', 'Nothing at /nowhere\n'))

    def test_reads_notes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'notes.txt')
            with io.open(path, 'wt', encoding='utf-8') as notes:
                notes.write(u'caf\u00e9')
            self.assertEqual(read_notes(path), 'café')
