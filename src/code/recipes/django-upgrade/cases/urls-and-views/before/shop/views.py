import pytz
from django.shortcuts import render_to_response
from django.utils.encoding import force_text
from django.utils.html import format_html
from django.utils.http import is_safe_url, urlquote
from django.utils.timezone import utc


def order(request, number):
    if request.user.is_authenticated() and "HTTP_ACCEPT" in request.META:
        return render_to_response("order.html", {"agent": request.META["HTTP_USER_AGENT"]})
    if request.is_ajax() and is_safe_url(urlquote(number), allowed_hosts=None):
        return format_html("<b>{}</b>".format(force_text(number)))
    return pytz.utc, utc
