import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

/** https://pixi.sh/latest/python/pyproject_toml/ */
export const pixiProject: PythonPlace = {
  id: 'pixi-project',
  role: 'pin',
  reads: 'pixi',
  example: {
    path: 'pyproject.toml',
    text: '[tool.pixi.dependencies]\npython = "⟦3.9⟧.*"\nnumpy = "*"\n[tool.pixi.feature.test.dependencies]\npython = "⟦>=3.9,<3.12⟧"\n[tool.other]\npython = "3.9"\n',
  },
  isIn: (path) => baseName(path) === 'pyproject.toml',
  find: (text) =>
    findAll(
      text,
      /^\[tool\.pixi\.(?:[\w.-]+\.)?dependencies\][^[]*?^[ \t]*python[ \t]*=[ \t]*["']([<>=~!^]*[ \t]*3\.[^"'\n]*?)(?:\.\*)?["']/dgm,
    ),
};
