import type { PythonPlace } from '../python-place.ts';
import { baseName } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

/** Which environments a job of CI runs, by its Python. */
export const toxActions: PythonPlace = {
  id: 'tox-actions',
  role: 'list',
  reads: 'tox-gh-actions, tox-gh',
  example: {
    path: 'tox.ini',
    text: '[gh-actions]\npython =\n    ⟦3.8: py38⟧\n    ⟦3.9: py39⟧\n    3.10: py310, lint\n',
  },
  isIn: (path) => /^(tox\.ini|setup\.cfg)$/.test(baseName(path)),
  find: (text) =>
    versionsWithin(
      text,
      [/^\[gh(?:-actions)?\][ \t]*\r?\npython[ \t]*=((?:[^\n]*)(?:\n[ \t]+[^\n]*)*)/dgm],
      /^[ \t]+(3\.\d{1,2}[ \t]*[:=][ \t]*py3\d{1,2})[ \t]*\r?$/dgm,
    ),
};
