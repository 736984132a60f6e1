import type { PythonPlace } from '../python-place.ts';
import { versionsWithin } from '../text/versions-within.ts';
import { environmentLists, isTox } from './tox.ts';

export const toxFactor: PythonPlace = {
  id: 'tox-factor',
  role: 'mention',
  reads: 'tox',
  example: { path: 'tox.ini', text: '[tox]\nenvlist = ⟦py38⟧-django32, lint-⟦py39⟧, ⟦py3{8⟧,9}\n' },
  stays: 'which environments there are with the new one, beside its other factors, is for you to say',
  isIn: isTox,
  find: (text) =>
    versionsWithin(text, environmentLists, /(?<![\w.])((?<=-)py3\d{1,2}(?!\w)|py3\d{1,2}(?=-)|py3\{\d{1,2})/dg),
};
