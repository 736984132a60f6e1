// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
import { imageVariables } from '../image/image-variables.ts';
import type { PythonPlace } from '../python-place.ts';
import { pythonImage } from './python-image.ts';
import { pythonImageVariables } from './python-image-variable.ts';

/** Variables that say the version of an image, and are used for something else too. */
export const pythonSharedVariable: PythonPlace = {
  id: 'python-shared-variable',
  role: 'mention',
  isCode: true,
  reads: 'Docker, Podman, Compose, GitLab',
  example: {
    path: 'Dockerfile',
    text: 'ARG PY=⟦3.8⟧\nFROM python:${PY}\nARG PY\nENV SITE=/usr/local/lib/python${PY}\n',
  },
  stays: 'the variable says the version of an image, and is used for something else too',
  isIn: pythonImage.isIn,
  find: (text) => imageVariables(text, pythonImageVariables).shared,
};
