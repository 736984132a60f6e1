import datetime
from datetime import datetime as plain


def now():
    return datetime.datetime.now(datetime.UTC)


def then(stamp):
    return datetime.datetime.fromtimestamp(stamp, tz=datetime.UTC), plain.utcnow()
