import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

export const pythonToolVersions: PythonPlace = {
  id: 'python-tool-versions',
  role: 'pin',
  reads: 'asdf, mise',
  example: {
    path: 'mise.toml',
    text: '[tools]\nnode = "22"\npython = { version = "⟦3.11.4⟧", virtualenv = ".venv" }\n"python" = ["⟦3.8⟧", "⟦3.9⟧"]\n',
  },
  isIn: (path) => /(^|\/)(\.tool-versions|\.?mise(\.[\w-]+)?\.toml|\.?mise\/config(\.[\w-]+)?\.toml)$/.test(path),
  find: (text) =>
    [
      ...findAll(
        text,
        /^[ \t]*["']?python["']?[ \t]*(?:=[ \t]*)?(?:\{[^}\n]*?\bversion[ \t]*=[ \t]*)?["']?(3\.\d[\w.]*)/dgm,
      ),
      ...versionsWithin(text, [/^[ \t]*["']?python["']?[ \t]*=[ \t]*(\[[^\]]*\])/dgm]),
    ].sort((one, other) => one.offset - other.offset),
};
