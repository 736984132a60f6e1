from django.db.models import StringAgg
from django.contrib.postgres.aggregates import ArrayAgg
from django.core import mail
from django.core.mail import EmailMessage, mailers, send_mail
from django.db import models
from django.db.models import Value


def tell(orders, people):
    send_mail("New", "Orders", None, people)
    mail.mail_admins(
        "New",
        "Orders",  # as it is
        html_message="<p>Orders</p>",
    )
    EmailMessage("New", "Orders", to=people, connection=(mail.mailers.default)).send()
    with mailers.default as connection:
        connection.send_messages([])
    mail.send_mass_mail([], connection=mail.get_connection("shop.Backend"), fail_silently=True)


def names(orders):
    return orders.annotate(
        tags=ArrayAgg("tag"),
        names=StringAgg("name", Value(", " ";")),
        more=StringAgg("name", delimiter=models.Value("-"), order_by="name"),
        last=StringAgg("name", distinct=True, delimiter=Value("+")),
    )
