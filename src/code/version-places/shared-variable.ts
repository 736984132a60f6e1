// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
import { imageVariables } from '../image/image-variables.ts';
import type { VersionPlace } from '../version-place.ts';
import { imageVariable, nodeImageVariables } from './image-variable.ts';

/** Variables that say the version of an image, and are used for something else too. */
export const sharedVariable: VersionPlace = {
  id: 'shared-variable',
  reads: 'Docker, Podman, Compose, GitLab',
  example: { path: 'Dockerfile', text: 'ARG NODE=⟦18⟧\nFROM node:${NODE}\nARG NODE\nRUN ./fetch-headers $NODE\n' },
  stays: 'the variable says the version of an image, and is used for something else too',
  isIn: imageVariable.isIn,
  find: (text) => imageVariables(text, nodeImageVariables).shared,
};
