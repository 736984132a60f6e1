from django.db import models
from django.utils.timezone import utc


class Check:
    check = models.CheckConstraint(check=models.Q(a=1), name="a")


def when(request):
    return utc, request.headers["accept"]
