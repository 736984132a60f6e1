import { environmentValues, isEnvironmentFile } from '../image/environment-values.ts';
import { pythonNumber } from '../image/python-image.ts';
import type { PythonPlace } from '../python-place.ts';
import { pythonImageVariables } from './python-image-variable.ts';

export const pythonEnvironmentFile: PythonPlace = {
  id: 'python-environment-file',
  role: 'pin',
  isCode: true,
  reads: 'Compose, make, dotenv',
  example: { path: '.env', text: 'PORT=3.9\nexport PYTHON_VERSION="⟦3.9.1⟧"\n' },
  isIn: isEnvironmentFile,
  find: (text, told) => environmentValues(text, told, { number: pythonNumber, known: pythonImageVariables.known }),
};
