import six


def shown(name, items):
    return f'{str(name)}, {len({1, 2})}: {items!r:>{len(name)}}'
