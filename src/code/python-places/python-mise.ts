import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

export const pythonMise: PythonPlace = {
  id: 'python-mise',
  role: 'pin',
  reads: 'mise',
  isExact: true,
  example: {
    path: 'mise.toml',
    text: '[tools]\nnode = "22"\npython = { version = "⟦3.11.4⟧", virtualenv = ".venv" }\n"python" = ["⟦3.8⟧", "⟦3.9⟧"]\n',
  },
  isIn: (path) => /(^|\/)(\.?(mise|rtx)(\.[\w-]+)*\.toml|\.?mise\/config(\.[\w-]+)?\.toml)$/.test(path),
  find: (text) =>
    [
      ...findAll(
        text,
        /^[ \t]*(?:tools\.)?["']?python["']?[ \t]*=[ \t]*(?:\{[^}\n]*?\bversion[ \t]*=[ \t]*)?["']?(3\.\d[\w.]*)/dgm,
      ),
      ...findAll(text, /^[ \t]*(?:env\.)?PYTHON_VERSION[ \t]*=[ \t]*["'](3\.\d[\w.]*)["']/dgm),
      ...findAll(
        text,
        /^[ \t]*\[tools\."?python"?\][ \t]*(?:#.*)?\r?\n(?:(?![ \t]*\[)[^\n]*\n)*?[ \t]*version[ \t]*=[ \t]*["'](3\.\d[\w.]*)["']/dgm,
      ),
      ...versionsWithin(text, [/^[ \t]*["']?python["']?[ \t]*=[ \t]*(\[[^\]]*\])/dgm]),
    ].sort((one, other) => one.offset - other.offset),
};
