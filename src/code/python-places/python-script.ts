import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

/** What a script of one file asks for: https://packaging.python.org/en/latest/specifications/inline-script-metadata/ */
export const pythonScript: PythonPlace = {
  id: 'python-script',
  role: 'language',
  reads: 'uv, pipx, Hatch',
  example: {
    path: 'run.py',
    text: '# /// script\n# requires-python = "⟦>=3.8⟧"\n# dependencies = []\n# ///\nimport sys\n',
  },
  isIn: (path) => path.endsWith('.py'),
  isCode: true,
  find: (text) =>
    findAll(text, /^# \/\/\/ script\r?\n(?:#.*\r?\n)*?# requires-python[ \t]*=[ \t]*["']([^"'\n]+)["']/dgm),
};
