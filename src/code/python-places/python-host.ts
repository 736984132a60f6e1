import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

/** Versions that a host offers or not, in files in which it is told of them. */
export const pythonHost: PythonPlace = {
  id: 'python-host',
  role: 'mention',
  reads:
    'App Engine, functions of Google, Azure and its pipelines, Netlify, Vercel, Render, Platform.sh, Cloud Foundry, AppVeyor',
  example: {
    path: 'render.yaml',
    text: 'services:\n  - type: web\n    envVars:\n      - key: PYTHON_VERSION\n        value: "⟦3.8.1⟧"\n',
  },
  stays: 'whether the host offers the new one, and under which name, is for you to see',
  isIn: (path) =>
    /(^|\/)(app[\w.-]*\.ya?ml|vercel\.json|firebase\.json|nixpacks\.toml|project\.toml|manifest[\w.-]*\.ya?ml|\.platform\.app\.ya?ml|\.upsun\/.+\.ya?ml|render\.ya?ml|netlify\.toml|azure-pipelines[\w.-]*\.ya?ml|\.?appveyor\.ya?ml|azuredeploy[\w.-]*\.json|[\w.-]+\.(tf|bicep))$/.test(
      path,
    ),
  find: (text) =>
    [
      ...findAll(
        text,
        /^[ \t]*runtime(?:_version)?[ \t]*:[ \t]*["']?(?:python)?(3\d{1,2}|3\.\d{1,2})["']?[ \t]*\r?$/dgm,
      ),
      ...findAll(text, /\bpython\|(3\.\d{1,2})(?!\d)/dgi),
      ...findAll(text, /\b(?:NIXPACKS_)?python[_.]version["']?[ \t]*[:=][ \t]*["']?(3\.[\d.]+)/dgi),
      ...findAll(
        text,
        /\bkey[ \t]*:[ \t]*["']?PYTHON_VERSION["']?[ \t]*\r?\n[ \t]*value[ \t]*:[ \t]*["']?(3\.[\d.]+)/dg,
      ),
      ...findAll(text, /\\Python(3\d{1,2})(?!\d)/dg),
      ...findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?python(3\d{1,2})(?!\d)/dg),
      ...findAll(text, /["']runtime["'][ \t]*:[ \t]*["']python(3\.\d{1,2})(?!\d)/dg),
      ...findAll(text, /\btype["']?[ \t]*:[ \t]*["']?python:(3\.\d{1,2})(?!\d)/dg),
      ...findAll(text, /\bBP_CPYTHON_VERSION["']?(?:[ \t]*[:=]|\s+value[ \t]*=)[ \t]*["']?(3\.\d{1,2})(?!\d)/dg),
    ].sort((one, other) => one.offset - other.offset),
};
