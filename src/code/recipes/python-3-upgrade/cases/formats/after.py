def lines(user, count, size):
    yield f'{user} has {count!r}'
    yield f'{user}: {size:.2f}'
    yield f'{count} of {size}'
    yield f'{user.name:>10}'
    yield f'{user}'
    yield '%d items' % (count,)
    yield '%s' % count
    yield '{} {}'.format(user, *count)
    yield '{}'.format('a' + "b")
