import type { PythonPlace } from '../python-place.ts';
import { baseName } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

/** What a table of tox-gh-actions says of Pythons. */
export const toxActionsTable = /^\[gh(?:-actions)?\][ \t]*\r?\npython[ \t]*=((?:[^\n]*)(?:\n[ \t]+[^\n]*)*)/dgm;

/** Which environments a job of CI runs, by its Python. */
export const toxActions: PythonPlace = {
  id: 'tox-actions',
  role: 'list',
  reads: 'tox-gh-actions, tox-gh',
  example: {
    path: 'tox.ini',
    text: '[gh-actions]\npython =\n    ⟦3.8: py38⟧\n    ⟦3.9: py39⟧\n    ⟦3.10: py310, lint⟧\n    3.11: py311-a\n',
  },
  isIn: (path) => /^(tox\.ini|setup\.cfg)$/.test(baseName(path)),
  find: (text) =>
    versionsWithin(
      text,
      [toxActionsTable],
      /^[ \t]+(3\.\d{1,2}[ \t]*[:=][ \t]*py3\d{1,2}(?:[ \t]*,[ \t]*[\w.-]+)*)[ \t]*\r?$/dgm,
    ),
};
