import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

const files =
  /^(pyproject\.toml|setup\.cfg|\.?mypy\.ini|\.?ruff\.toml|ty\.toml|pyrefly\.toml|\.?pylintrc(\.toml)?|\.isort\.cfg|pyrightconfig\.json|\.pre-commit-config\.yaml)$/;

export const languageLevel: PythonPlace = {
  id: 'language-level',
  role: 'language',
  reads: 'mypy, Ruff, Black, pyright, ty, Pylint, isort',
  example: {
    path: 'pyproject.toml',
    text: '[tool.mypy]\npython_version = "⟦3.8⟧"\n[tool.ruff]\ntarget-version = "⟦py38⟧"\n[tool.ruff.per-file-target-version]\n"old/*.py" = "⟦py37⟧"\n[tool.black]\ntarget-version = [\n  "⟦py38⟧",\n  "⟦py39⟧",\n]\n[tool.pyright]\nexecutionEnvironments = [{ root = "a", pythonVersion = "⟦3.8⟧" }]\n[tool.pylint.main]\npy-version = "⟦3.8⟧"\n[tool.isort]\npy_version = ⟦38⟧\n[tool.ty.environment]\npython-version = "⟦3.8⟧"\n',
  },
  isIn: (path) => files.test(baseName(path)),
  find: (text) =>
    [
      ...findAll(text, /^[ \t]*["']?(?:python[_-]version|py-version)["']?[ \t]*[=:][ \t]*["']?(3\.\d+)/dgm),
      ...findAll(text, /(?<![\w-])pythonVersion["']?[ \t]*[=:][ \t]*["'](3\.\d+)/dg),
      ...findAll(text, /^[ \t]*py_version[ \t]*=[ \t]*["']?(3\d{1,2})\b/dgm),
      ...findAll(text, /^[ \t]*(?:target-version|["'][^"'\n]+["'])[ \t]*=[ \t]*["'](py3\d+)["']/dgm),
      ...findAll(text, /--python-version[ \t=,"']+(3\.\d+)/dg),
      ...versionsWithin(text, [/^[ \t]*target-version[ \t]*=[ \t]*(\[[^\]]*\])/dgm], /(?<=["'])(py3\d+)(?=["'])/dg),
    ].sort((one, other) => one.offset - other.offset),
};
