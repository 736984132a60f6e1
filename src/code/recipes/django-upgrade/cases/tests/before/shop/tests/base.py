from django.test import TransactionTestCase


class FlagMixin:
    def _pre_setup(self):
        self.flags = {}
        super()._pre_setup()


class NewMixin:
    @classmethod
    def _pre_setup(cls):
        super()._pre_setup()


class FlagTests(FlagMixin, TransactionTestCase):
    pass


def _pre_setup(value):
    return value
