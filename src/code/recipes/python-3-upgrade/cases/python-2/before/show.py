from __future__ import unicode_literals
import six


class Shown(object):
    def show(self, name):
        print "%s" % (name,)
        return six.text_type(name)
