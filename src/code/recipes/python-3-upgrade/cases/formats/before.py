def lines(user, count, size):
    yield '%s has %r' % (user, count)
    yield '%(user)s: %(size).2f' % {'user': user, 'size': size}
    yield '{0} of {1}'.format(count, size)
    yield '{user.name:>10}'.format(user=user)
    yield '{user}'.format(**locals())
    yield '%d items' % (count,)
    yield '%s' % count
    yield '{} {}'.format(user, *count)
    yield '{}'.format('a' + "b")
