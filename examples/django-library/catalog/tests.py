import datetime

from django.contrib.auth.models import User
from django.test import TestCase
from django.utils import timezone

from catalog.models import Book


class CatalogTests(TestCase):
    def setUp(self):
        added = datetime.datetime(2024, 1, 1, tzinfo=timezone.utc)
        self.book = Book.objects.create(title="Waders", author="Ann", pages=600, added=added)

    def test_page_of_a_book(self):
        response = self.client.get(f"/books/{self.book.pk}/")
        self.assertContains(response, "<h1>Waders</h1>")

    def test_agent(self):
        response = self.client.get("/whoami/", HTTP_USER_AGENT="godwit")
        self.assertEqual(response.content, b"godwit")

    def test_books(self):
        self.assertQuerysetEqual(Book.objects.all(), [self.book])

    def test_admin_lists_books(self):
        self.client.force_login(User.objects.create_superuser("ann"))
        response = self.client.get("/admin/catalog/book/")
        self.assertContains(response, "Long")
