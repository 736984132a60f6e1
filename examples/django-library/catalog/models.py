from django.db import models


class Status(models.TextChoices):
    SHELF = "shelf"
    LENT = "lent"


class Book(models.Model):
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SHELF)
    pages = models.PositiveIntegerField(default=1)
    added = models.DateTimeField()
