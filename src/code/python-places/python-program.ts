import { isCommandPlace, isSpoken } from '../command-files.ts';
import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

const version = '(3\\.\\d{1,2}(?:\\.\\d+)?)';

/** Programs, packages and folders with a Python in their names, and commands that ask for one. */
export const pythonProgram: PythonPlace = {
  id: 'python-program',
  role: 'mention',
  reads: 'shells, apt, pyenv, uv, conda, tox, hosts of functions',
  example: {
    path: '.github/workflows/ci.yml',
    text: 'steps:\n  # python3.7 was before\n  - run: apt-get install python⟦3.8⟧-dev && python⟦3.8⟧ -m pytest\n  - run: pyenv install -s ⟦3.8.1⟧; uv venv --python ⟦3.9⟧; conda create python=⟦3.10⟧\n',
  },
  stays:
    'it is the name of a program, a package or a folder, or asked for by a command, and the new one must be there first',
  isIn: (path) =>
    isCommandPlace(path) || /(^|\/)(tox\.ini|noxfile\.py|serverless\.ya?ml|template\.ya?ml|[\w.-]+\.tf)$/.test(path),
  find: (text) =>
    [
      ...findAll(
        text,
        new RegExp(
          `(?<![\\w.]|[Rr]untime["']?[ \\t]*[:= \\t][ \\t]*["']?)(?:lib)?(?:python|pip|Python-)${version}(?!\\d)`,
          'dg',
        ),
      ),
      ...findAll(text, new RegExp(`\\bpython==?${version}(?!\\d)`, 'dg')),
      ...findAll(
        text,
        new RegExp(
          `(?:\\bpyenv[ \\t]+(?:install|global|local|shell)|\\buv[ \\t]+python[ \\t]+(?:install|pin)|--python(?:-version)?)(?:[ \\t]+--?[a-z][\\w-]*)*[ \\t=]+["']?${version}(?!\\d)`,
          'dg',
        ),
      ),
    ]
      .filter(({ offset }) => !isSpoken(text.slice(text.lastIndexOf('\n', offset) + 1, offset)))
      .sort((one, other) => one.offset - other.offset),
};
