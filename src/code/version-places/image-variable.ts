// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the example is a file that is looked at
import { isCommandFile } from '../command-files.ts';
import { imageVariables } from '../image/image-variables.ts';
import { nodeVariable } from '../image/node-image.ts';
import { isDockerfile } from '../image/read-dockerfile.ts';
import type { VersionPlace } from '../version-place.ts';
import { image } from './image.ts';

/** `ARG NODE_VERSION=` of a Dockerfile is read by the place `dockerfile`, whatever uses it. */
export const nodeImageVariables = {
  image: 'node|typescript-node|javascript-node|lambda/nodejs|aws-lambda-nodejs',
  version: '((?!v?[1-3]\\.|v0\\.)v?\\d[\\w.-]*)',
  known: new RegExp(`^${nodeVariable}$`, 'i'),
  beside: [
    '\\b(?:nvm|fnm)[ \\t]+(?:install|use|alias[ \\t]+default|default)[ \\t]+["\']?',
    '(?<![\\w-])n[ \\t]+(?:install[ \\t]+)?["\']?',
    'nodesource\\.com/(?:setup|node|pub)_',
    '/versions/node/v?',
    'nodejs\\.org/dist/v?',
    '\\bnode-v',
    '\\b(?:docker|podman)[ \\t]+(?:run|pull|create)[ \\t][^\\n;&|]*[ \\t"\'](?:[\\w.:-]+/)*node:',
  ].join('|'),
};

/** Variables that say the version of an image, and nothing else. */
export const imageVariable: VersionPlace = {
  id: 'image-variable',
  reads: 'Docker, Podman, Compose, GitLab',
  example: {
    path: '.gitlab-ci.yml',
    text: 'variables: { NODE_VERSION: "⟦18⟧", OTHER: "18" }\nimage: "node:${NODE_VERSION}"\n',
  },
  isIn: (path) => isDockerfile(path) || image.isIn(path) || isCommandFile(path),
  find: (text) => imageVariables(text, nodeImageVariables).only,
};
