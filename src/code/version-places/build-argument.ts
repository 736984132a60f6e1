import { isCommandPlace } from '../command-files.ts';
import { nodeImage, nodeNumber, nodeVariable } from '../image/node-image.ts';
import { isBakeFile, judgedArgument, setArguments } from '../image/set-arguments.ts';
import { baseName } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const nodeArgument = { language: 'Node', image: nodeImage, number: nodeNumber, name: nodeVariable };

/** What sets an argument of a Dockerfile goes where its default goes. */
export const buildArgument: VersionPlace = {
  id: 'build-argument',
  reads: 'Docker, Podman, BuildKit, Compose',
  example: {
    path: 'compose.yaml',
    text: 'services:\n  a:\n    build:\n      args:\n        NODE_VERSION: "⟦18.19⟧"\n        BASE: node:⟦18-slim⟧\n        TINI: "18"\n  b: { build: { args: [NODE_MAJOR=⟦18⟧] } }\n',
  },
  isIn: (path) => isBakeFile(path) || baseName(path) === 'package.json' || isCommandPlace(path),
  find: (text, told) =>
    setArguments(text)
      .flatMap((argument) => judgedArgument(argument, told, nodeArgument))
      .sort((one, other) => one.offset - other.offset),
};
