from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.timezone import now, utc

from catalog.models import Book


def book(request, pk):
    found = get_object_or_404(Book, pk=pk)
    days = (now().astimezone(utc) - found.added).days
    return HttpResponse(format_html("<h1>{}</h1><p>{} days</p>".format(found.title, days)))


def whoami(request):
    return HttpResponse(request.META.get("HTTP_USER_AGENT", "nobody"))
