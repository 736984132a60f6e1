from django.contrib.postgres.aggregates import StringAgg as Joined
from django.contrib.postgres.aggregates import StringAgg
from django.core import mail as post
from django.core.mail import get_connection
from django.db.models import Value

connect = get_connection
JOIN = StringAgg("name", Value(", "))
OTHER = Joined("name", ", ")
LATER = post.get_connection(fail_silently=True)
