import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

const target =
  '(?<![\\w@/.-])node(\\d{1,2})(?:\\.\\d+)*(?=-(?:linux|linuxstatic|alpine|macos|mac|win|freebsd|x64|arm64|armv\\d)\\b)';

/** The Node that is put into one file with a program. */
export const bundledNode: VersionPlace = {
  id: 'bundled-node',
  reads: 'pkg',
  example: {
    path: 'package.json',
    text: '{ "scripts": { "pack": "pkg . --targets node⟦18⟧-linux-x64,node⟦20⟧-win-x64" }, "pkg": { "targets": ["node⟦18⟧-macos-arm64"] } }\n',
  },
  isBuildTarget: true,
  stays: 'only a newer release of the packer may have this Node',
  isIn: (path) => baseName(path) === 'package.json' || /^(\.?pkgrc(\.json)?|pkg\.config\.\w+)$/.test(baseName(path)),
  find: (text) => findAll(text, new RegExp(target, 'dg')),
};
