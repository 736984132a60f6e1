import six


def shown(name, items):
    return f'{six.text_type(name)}, {len(set([1, 2]))}: {items!r:>{len(name)}}'
