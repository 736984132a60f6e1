import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { devbox } from '../version-places/devbox.ts';

/** https://www.jetify.com/docs/devbox/configuration/ */
export const pythonDevbox: PythonPlace = {
  id: 'python-devbox',
  role: 'pin',
  reads: 'Devbox',
  example: {
    path: 'devbox.json',
    text: '{ "packages": ["python@⟦3.9⟧", "nodejs@20", "python39Packages.pip"] }',
  },
  isIn: devbox.isIn,
  find: (text) => findAll(text, /["']python["']?(?:@|[ \t]*:[ \t]*["'])(3\.\d[\d.]*)["']/dg),
};
