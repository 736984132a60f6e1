import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const requiresPython: PythonPlace = {
  id: 'requires-python',
  role: 'floor',
  reads: 'pip, uv, Poetry, PDM, Hatch',
  example: {
    path: 'pyproject.toml',
    text: '[project]\nrequires-python = "⟦>=3.8⟧"\n\n[tool.poetry.dependencies]\npython = "⟦^3.9⟧"\n',
  },
  isIn: (path) => baseName(path) === 'pyproject.toml',
  find: (text) =>
    [
      ...findAll(text, /^[ \t]*requires-python[ \t]*=[ \t]*["']([^"'\n]+)["']/dgm),
      ...findAll(text, /^\[tool\.poetry\.dependencies\][^[]*?^[ \t]*python[ \t]*=[ \t]*["']([^"'\n]+)["']/dgm),
    ].sort((one, other) => one.offset - other.offset),
};
