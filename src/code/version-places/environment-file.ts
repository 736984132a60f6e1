import { nodeNumber, nodeVariable } from '../image/node-image.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const environmentFile: VersionPlace = {
  id: 'environment-file',
  reads: 'Compose, dotenv',
  example: { path: '.env.example', text: 'PORT=18\nNODE_VERSION=⟦18.19.0⟧\n' },
  stays: 'files of settings for one machine are not written',
  isIn: (path) => /^\.env(\.[\w.-]+)?$/.test(baseName(path)),
  find: (text) => findAll(text, new RegExp(`^[ \\t]*(?:export[ \\t]+)?${nodeVariable}=["']?${nodeNumber}`, 'dgm')),
};
