import unittest

import django
from django.test import Client, TestCase


class OrderTests(TestCase):
    databases = "__all__"

    def test_form(self):
        response = self.client.post("/orders/", headers={"accept": "text/html"})
        self.assertFormError(response.context["form"], "size", ["wrong"])
        self.assertQuerySetEqual([], [])

    def test_always(self):
        assert Client(headers={"host": "example.com"})


new = True
