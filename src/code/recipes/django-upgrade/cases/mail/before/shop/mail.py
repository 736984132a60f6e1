from django.contrib.postgres.aggregates import ArrayAgg, StringAgg
from django.core import mail
from django.core.mail import EmailMessage, get_connection, send_mail
from django.db import models
from django.db.models import Value


def tell(orders, people):
    send_mail("New", "Orders", None, people, False, connection=get_connection())
    mail.mail_admins(
        "New",
        "Orders",
        fail_silently=False,  # as it is
        html_message="<p>Orders</p>",
    )
    EmailMessage("New", "Orders", to=people, connection=(mail.get_connection())).send(fail_silently=False)
    with get_connection() as connection:
        connection.send_messages([])
    mail.send_mass_mail([], connection=mail.get_connection("shop.Backend"), fail_silently=True)


def names(orders):
    return orders.annotate(
        tags=ArrayAgg("tag"),
        names=StringAgg("name", ", " ";"),
        more=StringAgg("name", delimiter=models.Value("-"), order_by="name"),
        last=StringAgg("name", distinct=True, delimiter=Value("+")),
    )
