import unittest

import django
from django.test import Client, TestCase


class OrderTests(TestCase):
    multi_db = True

    def test_form(self):
        response = self.client.post("/orders/", HTTP_ACCEPT="text/html")
        self.assertFormError(response, "form", "size", ["wrong"])
        self.assertQuerysetEqual([], [])

    @unittest.skipIf(django.VERSION < (4, 2), "Django 4.2")
    def test_always(self):
        assert Client(HTTP_HOST="example.com")

    @unittest.skipUnless(django.VERSION < (4, 2), "before Django 4.2")
    def test_never(self):
        pass


if django.VERSION >= (5, 0):
    new = True
else:
    new = False
