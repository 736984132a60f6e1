import datetime
from datetime import datetime as plain


def now():
    return datetime.datetime.utcnow()


def then(stamp):
    return datetime.datetime.utcfromtimestamp(stamp), plain.utcnow()
