import { isCommandPlace } from '../command-files.ts';
import { isImageFile } from '../image/image-prefixes.ts';
import type { PythonPlace } from '../python-place.ts';
import { findAll } from '../text/search-text.ts';
import { versionsWithin } from '../text/versions-within.ts';

/** A Python by the name that a service knows it by, where it is told what to run. */
export const pythonTool: PythonPlace = {
  id: 'python-tool',
  role: 'mention',
  isCode: true,
  reads: 'Jenkins, Semaphore, functions of Google by commands',
  example: {
    path: 'Jenkinsfile',
    text: "tools { python 'Python ⟦3.9⟧' }\naxis { name 'PYTHON_VERSION'; values '⟦3.9⟧', '⟦3.10⟧' }\nsh 'gcloud functions deploy f --runtime=python⟦39⟧'\n",
  },
  stays: 'it is a name that stands in the settings of the service, or that it may not have for the new one',
  isIn: (path) => isCommandPlace(path) || isImageFile(path),
  find: (text) =>
    [
      ...findAll(text, /--runtime[ =]["']?python(3\d{1,2})(?!\d)/dg),
      ...findAll(text, /\bsem-version[ \t]+python[ \t]+(3\.\d{1,2})(?!\d)/dg),
      ...findAll(text, /\bpython[ \t]+["'][A-Za-z _-]*(3\.\d{1,2})["']/dg),
      ...versionsWithin(text, [/\bname[ \t(]*["']\w*PY(?:THON)?\w*["'][ \t)]*[;\s][ \t]*values[ \t(]*([^\n}]*)/dgi]),
    ].sort((one, other) => one.offset - other.offset),
};
