import { nodeNumber } from '../image/node-image.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
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
  find: (text) => {
    const used = usedNames(text);
    return yamlScalars(text).flatMap(({ keys, value, offset, beside }) => {
      const isNamed = isVersion.test(value) && (isOfOrb(keys, beside) || used.has(nameOf(keys) ?? ''));
      return isNamed ? [{ value, offset }] : [];
    });
  },
};

const isVersion = new RegExp(`^${nodeNumber}$`);
const known = /^node[-_]?(?:js)?[-_]?version$/i;

/** https://circleci.com/developer/orbs/orb/circleci/node */
function isOfOrb(keys: string, beside: Readonly<Record<string, string>>): boolean {
  const last = keys.replace(/(?:\/-|\/default|\/enum\/-)$/, '').replace(/.*\//, '');
  if (known.test(last)) return true;
  if (/(?:^|\/)node\/(?:test|run)\/version$/.test(keys) || /(?:^|\/)node\/default\/tag$/.test(keys)) return true;
  return beside.name === 'node/default' && last === 'tag';
}

/** Parameters that an image of Node, or a step that installs one, takes. */
function usedNames(text: string): ReadonlySet<string> {
  const uses = text.matchAll(
    /(?:\bnode:|\bnode-version["']?[ \t]*:[ \t]*["']?)<<[ \t]*(?:pipeline\.)?parameters\.([\w-]+)[ \t]*>>/g,
  );
  return new Set([...uses].map(([, name = '']) => name));
}

/** The parameter that a value is given to: where it is declared, in a matrix, or where a job is called. */
function nameOf(keys: string): string | undefined {
  const declared = /(?:^|\/)parameters\/([\w-]+)(?:\/-|\/default|\/enum\/-)?$/.exec(keys)?.[1];
  return declared ?? /^workflows\/[^/]+\/jobs\/-\/[\w-]+\/([\w-]+)$/.exec(keys)?.[1];
}
