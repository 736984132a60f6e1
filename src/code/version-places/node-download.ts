import { isCommandPlace } from '../command-files.ts';
import { findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const nodeDownload: VersionPlace = {
  id: 'node-download',
  reads: 'curl, wget',
  example: {
    path: 'scripts/setup.sh',
    text: 'curl -O https://nodejs.org/dist/v⟦18.19.0⟧/node-v18.19.0-linux-x64.tar.xz\ntar xf node-v⟦18.19.0⟧-linux-x64.tar.xz\n',
  },
  stays: 'a checksum may belong to the file that is fetched, and the newest may have other platforms',
  isIn: isCommandPlace,
  find: (text) =>
    [
      ...findAll(text, /\bnodejs\.org\/(?:dist|download\/release)\/(?:latest-)?v(\d+(?:\.\d+){0,2})/dg),
      ...findAll(text, /(?<!\/v[\d.]+\/)\bnode-v(\d+\.\d+\.\d+)-(?:linux|darwin|win)/dg),
    ].sort((one, other) => one.offset - other.offset),
};
