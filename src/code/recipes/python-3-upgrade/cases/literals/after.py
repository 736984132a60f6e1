import re
from collections import defaultdict

kinds = {'a', 'b'}
sizes = {len(kind) for kind in kinds}
names = {kind: kind.upper() for kind in kinds}
copied = [*kinds]
boxes = defaultdict(list)
title = 'Title'
raw = re.compile(r'\d+\.\d')
data = b'plain'
first, second = (kind.upper() for kind in ('a', 'b'))
print(title)
if title == 'Title':
    print('known', str)
