import { findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const bazel: VersionPlace = {
  id: 'bazel',
  reads: 'Bazel',
  example: {
    path: 'MODULE.bazel',
    text: 'node.toolchain(node_version = "⟦18.19.0⟧")\nbazel_dep(name = "a", version = "18.0")\n',
  },
  stays: 'only a newer release of rules_nodejs may have this Node',
  isIn: (path) => /(^|\/)(MODULE\.bazel|WORKSPACE(\.bazel|\.bzlmod)?)$/.test(path),
  find: (text) => findAll(text, /\bnode_version[ \t]*=[ \t]*["'](\d[\d.]*)["']/dg),
};
