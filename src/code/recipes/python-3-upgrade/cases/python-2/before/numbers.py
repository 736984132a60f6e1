MODE = 0755
NAMES = set([10L, ur"\d"])


def same(one, other):
    return one <> other
