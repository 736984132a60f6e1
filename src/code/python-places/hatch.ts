import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

export const hatch: PythonPlace = {
  id: 'hatch',
  role: 'pin',
  reads: 'Hatch',
  example: {
    path: 'pyproject.toml',
    text: '[tool.hatch.envs.default]\npython = "⟦3.8⟧"\n[[tool.hatch.envs.test.matrix]]\npython = ["⟦3.8⟧", "⟦3.9⟧"]\n[tool.poetry.dependencies]\npython = "3.8"\n',
  },
  isIn: (path) => /^(pyproject|hatch)\.toml$/.test(baseName(path)),
  find: (text) =>
    [
      ...findAll(
        text,
        /^\[(?:tool\.hatch\.)?envs\.[^\]\n]+\][ \t]*\r?\n(?:[^[\n][^\n]*\n|\r?\n)*?[ \t]*python[ \t]*=[ \t]*["'](3\.\d[\d.]*)["']/dgm,
      ),
      ...versionsWithin(text, [
        /^\[\[(?:tool\.hatch\.)?envs\.[^\]\n]+\.matrix\]\][^[]*?^[ \t]*python[ \t]*=[ \t]*(\[[^\]]*\])/dgm,
      ]),
    ].sort((one, other) => one.offset - other.offset),
};
