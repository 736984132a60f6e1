import { environmentValues, isEnvironmentFile } from '../image/environment-values.ts';
import { nodeNumber } from '../image/node-image.ts';
import type { VersionPlace } from '../version-place.ts';
import { nodeImageVariables } from './image-variable.ts';

export const environmentFile: VersionPlace = {
  id: 'environment-file',
  reads: 'Compose, make, dotenv',
  example: { path: '.env.example', text: 'PORT=18\nNODE_VERSION=⟦18.19.0⟧\n' },
  isIn: isEnvironmentFile,
  find: (text, told) => environmentValues(text, told, { number: nodeNumber, known: nodeImageVariables.known }),
};
