from django.contrib.postgres.aggregates import StringAgg
from django.core.mail import get_connection, send_mail
from django.db.models import Value


def tell(backend, people, mailers):
    connection = get_connection()
    send_mail("New", "Orders", None, people, fail_silently=backend)
    backend.send(fail_silently=False)
    return [connection for _ in mailers]


def names(orders, between):
    return orders.annotate(names=StringAgg("name", between), more=StringAgg("name", ", "))


def other(orders):
    return orders.annotate(names=StringAgg(*orders.parts), more=Value(", "))
