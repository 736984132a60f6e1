import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

/** Versions that a host offers or not, in files in which it is told of them. */
export const pythonHost: PythonPlace = {
  id: 'python-host',
  role: 'mention',
  reads: 'App Engine, Azure and its pipelines, Netlify, Render, AppVeyor',
  example: {
    path: 'render.yaml',
    text: 'services:\n  - type: web\n    envVars:\n      - key: PYTHON_VERSION\n        value: "⟦3.8.1⟧"\n',
  },
  stays: 'whether the host offers the new one, and under which name, is for you to see',
  isIn: (path) =>
    /(^|\/)(app[\w.-]*\.ya?ml|render\.ya?ml|netlify\.toml|azure-pipelines[\w.-]*\.ya?ml|\.?appveyor\.ya?ml|azuredeploy[\w.-]*\.json|[\w.-]+\.(tf|bicep))$/.test(
      path,
    ),
  find: (text) =>
    [
      ...findAll(
        text,
        /^[ \t]*runtime(?:_version)?[ \t]*:[ \t]*["']?(?:python)?(3\d{1,2}|3\.\d{1,2})["']?[ \t]*\r?$/dgm,
      ),
      ...findAll(text, /\bpython\|(3\.\d{1,2})(?!\d)/dgi),
      ...findAll(text, /\bpython[_.]version["']?[ \t]*[:=][ \t]*["']?(3\.[\d.]+)/dgi),
      ...findAll(
        text,
        /\bkey[ \t]*:[ \t]*["']?PYTHON_VERSION["']?[ \t]*\r?\n[ \t]*value[ \t]*:[ \t]*["']?(3\.[\d.]+)/dg,
      ),
      ...findAll(text, /\\Python(3\d{1,2})(?!\d)/dg),
    ].sort((one, other) => one.offset - other.offset),
};
