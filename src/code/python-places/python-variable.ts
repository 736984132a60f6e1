import { isCommandPlace, isSpoken } from '../command-files.ts';
import { isDockerfile } from '../image/read-dockerfile.ts';
import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';

/** The variable by which images, actions and hosts are told a Python, wherever it is set. */
export const pythonVariable: PythonPlace = {
  id: 'python-variable',
  role: 'pin',
  isExact: true,
  reads: 'Docker, Podman, Compose, BuildKit, make, shells',
  example: {
    path: 'compose.yaml',
    text: 'services:\n  a:\n    build:\n      args:\n        PYTHON_VERSION: "⟦3.9⟧"\n        OTHER: "3.9"\n  b: { build: { args: [ "PYTHON_VERSION=⟦3.9.1⟧" ] } }\n',
  },
  isIn: (path) =>
    isCommandPlace(path) ||
    isDockerfile(path) ||
    /(^|\/)(docker-bake[\w.-]*\.hcl|fly[\w.-]*\.toml|tox\.ini)$/.test(path),
  find: (text) =>
    [
      ...findAll(
        text,
        /(?<![\w-])(?:PYTHON_VERSION|UV_PYTHON)["']?[ \t]*(?:[:?]?=|:)[ \t]*["']?(3\.\d{1,2}(?:\.\d+)?)(?![\w.-])/dg,
      ),
      ...findAll(text, /\bvariable[ \t]+"PYTHON_VERSION"[ \t]*\{[^{}]*?\bdefault[ \t]*=[ \t]*"(3\.[\d.]+)"/dg),
    ]
      .filter(({ offset }) => !isSpoken(text.slice(text.lastIndexOf('\n', offset) + 1, offset)))
      .sort((one, other) => one.offset - other.offset),
};
