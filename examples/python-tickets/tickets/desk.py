"""Tickets and the desk that keeps them."""
import collections
import datetime
import sys
from typing import Dict, Iterator, List, NamedTuple, Optional, Union

if sys.version_info >= (3, 9):
    from functools import cache
else:
    from functools import lru_cache

    def cache(function):
        return lru_cache(maxsize=None)(function)

Key = Union[int, str]
Stamp = NamedTuple('Stamp', [('at', datetime.datetime), ('by', str)])


class TicketError(Exception):
    """Something that the desk refuses."""


class Ticket(object):
    def __init__(self, number, title, opened):
        # type: (int, str, Stamp) -> None
        self.number = number
        self.title = title
        self.opened = opened
        self.labels = set([])

    def label(self, *names):
        self.labels = self.labels | set([name.lower() for name in names])

    def __repr__(self):
        return u'<Ticket %s: %r>' % (self.number, self.title)


class UrgentTicket(Ticket):
    def __init__(self, number, title, opened):
        super(UrgentTicket, self).__init__(number, title, opened)
        self.label('urgent')


class Desk(object):
    def __init__(self, clock=None):
        self._clock = clock or (lambda: datetime.datetime.now(datetime.timezone.utc))
        self._tickets: Dict[int, Ticket] = {}
        self._by_label = collections.defaultdict(lambda: [])

    def open(self, title: str, by: str, urgent: bool = False) -> Ticket:
        if not title.strip():
            raise TicketError('A ticket by {0} has no title'.format(by))
        number = len(self._tickets) + 1
        kind = UrgentTicket if urgent else Ticket
        ticket = kind(number, title, Stamp(self._clock(), by))
        self._tickets[number] = ticket
        return ticket

    def find(self, key: Key) -> Optional[Ticket]:
        return self._tickets.get(int(key))

    def labelled(self, name: str) -> List[Ticket]:
        return [ticket for ticket in self if name in ticket.labels]

    def __iter__(self) -> Iterator['Ticket']:
        for ticket in self._tickets.values():
            yield ticket

    def summary(self) -> Dict[str, int]:
        counts = dict((name, 0) for name in ('open', 'urgent'))
        for ticket in self:
            counts['open'] += 1
            counts['urgent'] += 'urgent' in ticket.labels
        return counts


def is_listing(value) -> bool:
    return isinstance(value, (list, tuple, list))


@cache
def slug(title: str) -> str:
    return '-'.join([word for word in title.lower().split()])
