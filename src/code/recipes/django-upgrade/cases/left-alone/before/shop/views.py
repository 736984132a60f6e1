"""Names that only look like those of Django."""

from other.http import is_safe_url, urlquote
from other.urls import url

urlpatterns = [url(r"^$", urlquote)]


def view(req):
    req.META["HTTP_ACCEPT"]
    request = req
    request.META["HTTP_ACCEPT"] = "text/html"
    return is_safe_url(request.META["SERVER_NAME"])
