import { isCommandPlace } from '../command-files.ts';
import { imagePrefixes } from '../image/image-prefixes.ts';
import { nodeImagesBehind } from '../image/node-image.ts';
import { baseName } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Images of Node that a command runs or fetches. */
export const imageCommand: VersionPlace = {
  id: 'image-command',
  reads: 'Docker, Podman',
  example: {
    path: 'package.json',
    text: '{ "scripts": { "a": "docker run --rm -u node:node -v .:/a node:⟦18-alpine⟧ node /a/x.js", "b": "docker build -t acme/node:18 ." } }\n',
  },
  isIn: (path) => isCommandPlace(path) || baseName(path) === 'package.json',
  // A user has a colon too: `node:node`, `node:1000`.
  find: (text) =>
    nodeImagesBehind(text, `${imagePrefixes.command}(?!node:(?:node|\\d{3,})\\b)`, {
      flags: 'g',
      end: '(?![\\w:/])',
    }),
};
