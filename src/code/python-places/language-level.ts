import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const languageLevel: PythonPlace = {
  id: 'language-level',
  role: 'language',
  reads: 'mypy, Ruff, Black, pyright, pyupgrade',
  example: {
    path: 'pyproject.toml',
    text: '[tool.mypy]\npython_version = "⟦3.8⟧"\n[tool.ruff]\ntarget-version = "⟦py38⟧"\n[tool.black]\ntarget-version = ["⟦py38⟧"]\n',
  },
  isIn: (path) =>
    /^(pyproject\.toml|setup\.cfg|\.?mypy\.ini|\.?ruff\.toml|pyrightconfig\.json|\.pre-commit-config\.yaml)$/.test(
      baseName(path),
    ),
  find: (text) =>
    [
      ...findAll(text, /^[ \t]*["']?(?:python_version|pythonVersion)["']?[ \t]*[=:][ \t]*["']?(3\.\d+)/dgm),
      ...findAll(text, /^[ \t]*target-version[ \t]*=[ \t]*\[?["'](py3\d+)["']/dgm),
      ...findAll(text, /--(py3\d+)-plus/dg),
    ].sort((one, other) => one.offset - other.offset),
};
