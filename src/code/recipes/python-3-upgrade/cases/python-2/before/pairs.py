def first((one, other)):
    return set([one])


def shown(value):
    return set([`value`])
