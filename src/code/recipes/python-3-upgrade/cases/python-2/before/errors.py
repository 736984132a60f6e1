def read(path):
    try:
        return set([open(path).read()])
    except IOError, error:
        raise ValueError, "%s" % (error,)
