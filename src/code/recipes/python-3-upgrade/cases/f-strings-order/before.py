it = iter(range(9))
items = [1, 2]
table = list(items)

print('{} {}'.format(next(it), len(items)))
print('{}: {}'.format(it, len(items)))
print('{0}{1}'.format(it, items))
print('{1}{0}'.format(it, items))
print('{.real} {.x}'.format(it, len(items)))

# Called in another order, or less often.
print('{1}{0}'.format(next(it), next(it)))
print('{b}{a}'.format(a=next(it), b=next(it)))
print('{0}'.format(next(it), next(it)))
print('%(b)s%(a)s' % {'a': next(it), 'b': next(it)})
print('{} {}'.format(items, items.pop()))

# What an f-string reads otherwise.
print('{}'.format({it: items}))
print('{} a'.format({one: two for one, two in table}))
print('{}'.format({it}))
print('{}'.format(x := 3))
print('{}'.format((x := 3)))
print('{}'.format(lambda: 1))
print('{}'.format(1 if it else lambda: 1))
print('{.real}'.format(1))
print('{.real}'.format(it + items))
print('{}'.format(one for one in items))
