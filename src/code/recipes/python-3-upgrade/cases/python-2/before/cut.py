x = set([1])
y = 5\
