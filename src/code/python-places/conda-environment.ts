import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

export const condaEnvironment: PythonPlace = {
  id: 'conda-environment',
  role: 'pin',
  reads: 'conda, mamba, pixi',
  example: {
    path: 'environment.yml',
    text: 'dependencies:\n  - python=⟦3.8⟧\n  - python-dateutil=2.8\n  - numpy>=1.20\n  - "python ⟦>=3.8,<3.11⟧"\n',
  },
  isIn: (path) => /(^|\/)((conda[-_])?env(ironment)?[\w.-]*\.ya?ml|pixi\.toml)$/.test(path),
  find: (text) =>
    [
      ...findAll(text, /^[ \t]*-[ \t]+["']?python[ \t]*(?:==?|[ \t])[ \t]*(3\.\d{1,2}(?:\.\d+)?)(?![\d,])/dgm),
      ...findAll(text, /^[ \t]*-[ \t]+["']?python[ \t]*([<>~!][^"'#\r\n]*?)["']?[ \t]*(?:#.*)?\r?$/dgm),
      ...findAll(text, /^[ \t]*python[ \t]*=[ \t]*["']([<>=~!^]*[ \t]*3\.[^"'\n]*?)(?:\.\*)?["']/dgm),
    ].sort((one, other) => one.offset - other.offset),
};
