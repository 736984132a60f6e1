import datetime
import unittest

from tickets.desk import Desk, TicketError, is_listing, slug

NOON = datetime.datetime(2024, 5, 1, 12, 0, tzinfo=datetime.timezone.utc)


class DeskTest(unittest.TestCase):
    def setUp(self):
        self.desk = Desk(clock=lambda: NOON)

    def test_opens_tickets_with_numbers(self):
        first = self.desk.open('Printer on fire', by='ann')
        second = self.desk.open('No paper', by='bob')
        self.assertEqual([first.number, second.number], [1, 2])
        self.assertEqual(first.opened, (NOON, 'ann'))
        self.assertEqual(repr(second), "<Ticket 2: 'No paper'>")

    def test_refuses_a_ticket_without_a_title(self):
        with self.assertRaisesRegex(TicketError, 'A ticket by ann has no title'):
            self.desk.open('  ', by='ann')

    def test_finds_by_number_and_by_text(self):
        ticket = self.desk.open('No paper', by='bob')
        self.assertIs(self.desk.find('1'), ticket)
        self.assertIsNone(self.desk.find(7))

    def test_labels(self):
        self.desk.open('No paper', by='bob').label('Office', 'PAPER')
        urgent = self.desk.open('Printer on fire', by='ann', urgent=True)
        self.assertEqual(self.desk.labelled('urgent'), [urgent])
        self.assertEqual(self.desk.summary(), {'open': 2, 'urgent': 1})

    def test_slugs(self):
        self.assertEqual(slug('Printer on  fire'), 'printer-on-fire')
        self.assertTrue(is_listing(()))
        self.assertFalse(is_listing('ab'))
