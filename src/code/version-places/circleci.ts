import { circleciValues } from '../ci-values/circleci-values.ts';
import { nodeNumber } from '../image/node-image.ts';
import type { VersionPlace } from '../version-place.ts';

const text = `orbs: { node: circleci/node@5.1.0 }
parameters:
  node-version: { type: string, default: "⟦18.19⟧" }
jobs:
  a:
    parameters: { tag: { type: string, default: "⟦20.11⟧" } }
    docker: [{ image: "cimg/node:<< parameters.tag >>" }]
    steps:
      - node/install: { node-version: "⟦18.19.0⟧" }
      - pnpm/install: { version: "18" }
workflows:
  w:
    jobs:
      - a: { tag: "⟦18.19⟧" }
      - node/test: { version: "⟦18.19⟧" }
      - a: { matrix: { parameters: { tag: ["⟦18.19⟧", "⟦20.11⟧"] } } }
`;

/** Parameters of CircleCI's own orb for Node, and of a configuration of one's own that say a Node version. */
export const circleci: VersionPlace = {
  id: 'circleci',
  reads: 'CircleCI',
  example: { path: '.circleci/config.yml', text },
  isIn: (path) => /(^|\/)\.circleci\/.+\.ya?ml$/.test(path),
  find: (text) => circleciValues(text, search),
};

/** https://circleci.com/developer/orbs/orb/circleci/node */
const search = {
  orb: 'node',
  taker: '(?:\\bnode:|\\bnode-version["\']?[ \\t]*:[ \\t]*["\']?)',
  known: /^node[-_]?(?:js)?[-_]?version$/i,
  version: new RegExp(`^${nodeNumber}$`),
};
