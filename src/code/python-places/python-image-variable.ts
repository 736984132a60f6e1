// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
import { imageVariables } from '../image/image-variables.ts';
import type { PythonPlace } from '../python-place.ts';
import { pythonImage } from './python-image.ts';

/** `PYTHON_VERSION` is read by the places `python-image` and `python-workflow`, whatever uses it. */
export const pythonImageVariables = { image: 'python', version: '(3[\\w.-]*)', known: /^PYTHON_VERSION$/ };

/** Variables that say the version of an image, and nothing else. */
export const pythonImageVariable: PythonPlace = {
  id: 'python-image-variable',
  role: 'pin',
  isCode: true,
  reads: 'Docker, Podman, Compose, GitLab',
  example: {
    path: 'Dockerfile',
    text: 'ARG PY=⟦3.8⟧\nARG OTHER=3.8\nFROM python:${PY}-slim\nFROM python:${BASE:-⟦3.9⟧}\n',
  },
  isIn: pythonImage.isIn,
  find: (text) => imageVariables(text, pythonImageVariables).only,
};
