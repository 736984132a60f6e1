import datetime as dt
import pytz
from django.shortcuts import render
from django.utils.encoding import force_str
from django.utils.html import format_html
from urllib.parse import quote
from django.utils.http import url_has_allowed_host_and_scheme


def order(request, number):
    if request.user.is_authenticated and "accept" in request.headers:
        return render(request, "order.html", {"agent": request.headers["user-agent"]})
    if request.is_ajax() and url_has_allowed_host_and_scheme(quote(number), allowed_hosts=None):
        return format_html("<b>{}</b>", force_str(number))
    return pytz.utc, dt.timezone.utc
