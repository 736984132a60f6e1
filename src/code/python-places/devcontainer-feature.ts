import type { PythonPlace } from '../python-place.ts';
import { baseName, findAll } from '../text/search-text.ts';

export const isDevcontainer = (path: string): boolean => /^\.?devcontainer\.json$/.test(baseName(path));

export const devcontainerFeature: PythonPlace = {
  id: 'devcontainer-feature',
  role: 'pin',
  reads: 'development containers',
  example: {
    path: '.devcontainer/devcontainer.json',
    text: '{ "features": { "ghcr.io/devcontainers/features/python:1": { "version": "⟦3.8⟧" } } }\n',
  },
  isIn: isDevcontainer,
  find: (text) =>
    findAll(
      text,
      /\/features\/python:[\w.]+["'][ \t]*:[ \t\r\n]*(?:\{[^}]*?["']version["'][ \t]*:[ \t]*)?["'](3\.[\d.]+)["']/dg,
    ),
};
