import type { PythonPlace } from '../python-place.ts';
import { versionsWithin } from '../text/versions-within.ts';
import { environmentLists, isTox } from './tox.ts';

export const toxGroup: PythonPlace = {
  id: 'tox-group',
  role: 'list',
  reads: 'tox',
  example: { path: 'tox.ini', text: '[tox]\nenvlist = py{⟦38⟧,⟦39⟧, ⟦310⟧}-django{32,42}, lint\n' },
  isIn: isTox,
  find: (text) =>
    versionsWithin(text, environmentLists, /(?<=(?<![\w-])py\{(?:[^{}\n]*[, \t])?)(3\d{1,2})(?=[ \t]*[,}])/dg),
};
