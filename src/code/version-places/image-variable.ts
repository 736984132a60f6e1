// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
import { imageVariables } from '../image/image-variables.ts';
import { isDockerfile } from '../image/read-dockerfile.ts';
import type { VersionPlace } from '../version-place.ts';
import { image } from './image.ts';

/** `ARG NODE_VERSION=` of a Dockerfile is read by the place `dockerfile`, whatever uses it. */
export const nodeImageVariables = {
  image: 'node|typescript-node|javascript-node',
  version: '(v?\\d[\\w.-]*)',
  known: /^NODE(?:JS)?_VERSION$/,
};

/** Variables that say the version of an image, and nothing else. */
export const imageVariable: VersionPlace = {
  id: 'image-variable',
  reads: 'Docker, Podman, Compose, GitLab',
  example: {
    path: '.gitlab-ci.yml',
    text: 'variables: { NODE_VERSION: "⟦18⟧", OTHER: "18" }\nimage: "node:${NODE_VERSION}"\n',
  },
  isIn: (path) => isDockerfile(path) || image.isIn(path),
  find: (text) => imageVariables(text, nodeImageVariables).only,
};
