import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

const listed = /(?:^|\n)[ \t]*(?:envlist|env_list|python)[ \t]*=((?:[^\n]*)(?:\n[ \t]+[^\n]*)*)/g;

export const tox: PythonPlace = {
  id: 'tox',
  role: 'list',
  reads: 'tox',
  example: { path: 'tox.ini', text: '[tox]\nenvlist = ⟦py38⟧, ⟦py39⟧, lint\n\n[testenv]\ndeps = pytest\n' },
  isIn: (path) => baseName(path) === 'tox.ini',
  find: (text) =>
    [...text.matchAll(listed)].flatMap((match) => {
      const [whole, list = ''] = match;
      const from = match.index + whole.length - list.length;
      return findAll(list, /(?<![\w-])(py3\d{1,2})(?![\w])/dg).map(({ value, offset }) => ({
        value,
        offset: offset + from,
      }));
    }),
};
