import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { isDevcontainer } from './devcontainer-feature.ts';

export const devcontainerImage: PythonPlace = {
  id: 'devcontainer-image',
  role: 'mention',
  reads: 'development containers',
  example: {
    path: '.devcontainer/devcontainer.json',
    text: '{\n  "image": "mcr.microsoft.com/devcontainers/python:1-⟦3.8⟧-bullseye",\n  "build": { "args": { "VARIANT": "⟦3.9⟧" } }\n}\n',
  },
  stays: 'it is a part of the name of an image, of which no such one may have been made for the new version',
  isIn: (path) => isDevcontainer(path) || /(^|\/)\.devcontainer\/[^/]*Dockerfile[^/]*$/.test(path),
  find: (text) =>
    [
      ...findAll(text, /\/python:\d+(?:\.\d+)*-(3\.\d{1,2})(?!\d)/dg),
      ...findAll(text, /\bVARIANT["']?[ \t]*[:=][ \t]*["']?(?:\d+-)?(3\.\d{1,2})(?!\d)/dg),
    ].sort((one, other) => one.offset - other.offset),
};
