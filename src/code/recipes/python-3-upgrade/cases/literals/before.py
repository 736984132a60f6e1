# -*- coding: utf-8 -*-
import re
from collections import defaultdict

kinds = set(['a', 'b'])
sizes = set(len(kind) for kind in kinds)
names = dict((kind, kind.upper()) for kind in kinds)
copied = [kind for kind in kinds]
boxes = defaultdict(lambda: [])
title = u'Title'
raw = re.compile('\d+\.\d')
data = 'plain'.encode('utf-8')
first, second = [kind.upper() for kind in ('a', 'b')]
print((title))
if title is 'Title':
    print(str('known'), type(''))
