import six
from six.moves import range, urllib
from six.moves.urllib.parse import quote

from app import Base, Meta


@six.python_2_unicode_compatible
class Shelf(six.with_metaclass(Meta, Base)):
    kinds = six.string_types

    def items(self, boxes):
        for key, box in six.iteritems(boxes):
            if isinstance(box, six.string_types):
                yield six.u('name'), six.text_type(key)

    def first(self, boxes):
        return next(six.itervalues(boxes))
