import { isCommandPlace, isSpoken } from '../command-files.ts';
import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { isPreCommit } from './pre-commit-python.ts';

const between = '[ \\t=,"\'\\]\\r\\n-]+';

/** What a command tells a tool of the oldest Python that files are for. */
export const levelFlag: PythonPlace = {
  id: 'level-flag',
  role: 'language',
  reads: 'pyupgrade, Black, Ruff, called by commands and hooks',
  example: {
    path: '.pre-commit-config.yaml',
    text: 'hooks:\n  - id: pyupgrade\n    args: [--⟦py38⟧-plus]\n  - id: black\n    args: ["--target-version", "⟦py38⟧"]\n  - id: ruff\n    args:\n      - --target-version=⟦py39⟧\n',
  },
  isIn: (path) => isCommandPlace(path) || isPreCommit(path) || /(^|\/)(tox\.ini|noxfile\.py)$/.test(path),
  find: (text) =>
    [
      ...findAll(text, /--(py3\d{1,2})-plus/dg),
      ...findAll(text, new RegExp(`--target-version${between}(py3\\d{1,2})(?!\\d)`, 'dg')),
      ...findAll(
        text,
        new RegExp(`(?<=\\b(?:black|ruff)\\b[^\\n]*|args:[^\\n]*)(?<![\\w-])-t${between}(py3\\d{1,2})(?!\\d)`, 'dg'),
      ),
    ]
      .filter(({ offset }) => !isSpoken(text.slice(text.lastIndexOf('\n', offset) + 1, offset)))
      .sort((one, other) => one.offset - other.offset),
};
