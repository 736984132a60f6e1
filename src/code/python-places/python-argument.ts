import { isCommandPlace } from '../command-files.ts';
import { pythonImage, pythonNumber, pythonVariable } from '../image/python-image.ts';
import { isBakeFile, judgedArgument, setArguments } from '../image/set-arguments.ts';
import type { PythonPlace } from '../python-place.ts';

const search = { language: 'Python', image: pythonImage, number: pythonNumber, name: pythonVariable };

/** What sets an argument of a Dockerfile goes where its default goes. */
export const pythonArgument: PythonPlace = {
  id: 'python-argument',
  role: 'pin',
  reads: 'Docker, Podman, BuildKit, Compose',
  example: {
    path: 'compose.yaml',
    text: 'services:\n  a:\n    build:\n      args:\n        PY_VERSION: "⟦3.9⟧"\n        BASE: python:⟦3.9-slim⟧\n        TINI: "3.9"\n  b: { build: { args: [PYTHON_VER=⟦3.9.1⟧] } }\n',
  },
  isIn: (path) => isBakeFile(path) || isCommandPlace(path),
  find: (text, told) =>
    setArguments(text)
      .flatMap((argument) => judgedArgument(argument, told, search))
      .sort((one, other) => one.offset - other.offset),
};
