import type { PythonPlace } from '../python-place.ts';
import { baseName } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

const values = '(["\']3\\.[\\d.]+["\']|\\[[^\\[\\]()]*\\]|\\([^\\[\\]()]*\\))';

/** Sessions, their parameters, and variables whose names say that they are of Python. */
export const nox: PythonPlace = {
  id: 'nox',
  role: 'pin',
  reads: 'nox',
  example: {
    path: 'noxfile.py',
    text: 'PYTHON_VERSIONS: list[str] = ["⟦3.8⟧", "⟦3.9⟧", "pypy3.9"]\n@nox.session(python="⟦3.8⟧")\n@nox.session(python=("⟦3.9⟧",))\n@nox.parametrize("python", ["⟦3.8⟧"])\n@nox.parametrize("django", ["3.2"])\n',
  },
  isIn: (path) => baseName(path) === 'noxfile.py',
  find: (text) =>
    versionsWithin(text, [
      new RegExp(`\\bpython[ \\t]*=[ \\t]*${values}`, 'dg'),
      new RegExp(
        `^[ \\t]*\\w*(?:python|PYTHON|(?<![a-zA-Z])(?:py|PY)(?![a-zA-Z]))\\w*[ \\t]*(?::[^=\\n]+)?=[ \\t]*${values}`,
        'dgm',
      ),
      new RegExp(`\\bparametrize\\([ \\t\\r\\n]*["']python["'],[ \\t\\r\\n]*${values}`, 'dg'),
    ]),
};
