import { nodeNumber, nodeVariable } from '../image/node-image.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
import type { VersionPlace } from '../version-place.ts';

const name = `(?:NODE(?:_?JS)?|${nodeVariable})`;
const isVersion = new RegExp(`^${nodeNumber}$`);
const isKey = new RegExp(
  `(?:/matrix/-/${name}(?:/-)?|(?:^|/)variables/${nodeVariable}(?:/value|/options/-)?|/inputs/${nodeVariable}/default)$`,
  'i',
);

/** Variables of GitLab that say a Node by their name, those of a matrix among them. */
export const gitlab: VersionPlace = {
  id: 'gitlab',
  reads: 'GitLab',
  example: {
    path: '.gitlab-ci.yml',
    text: 't:\n  parallel:\n    matrix:\n      - NODE: ["⟦18⟧", "⟦20⟧"]\n        RUBY: ["3.3"]\n      - { NODE: ⟦16⟧, OS: "18" }\n',
  },
  isIn: (path) => /(^|\/)(\.gitlab-ci(\.[\w.-]+)?|\.gitlab\/.+|[\w.-]+\.gitlab-ci)\.ya?ml$/.test(path),
  find: (text) => {
    const named = yamlScalars(text).filter(({ keys }) => isKey.test(keys));
    // Numbers from 0 or 1 on say how a job is cut into parts.
    const parts = new Set(named.filter(({ value }) => /^[0-3]$/.test(value)).map(({ keys }) => keys));
    return named
      .filter(({ keys, value }) => isVersion.test(value) && !parts.has(keys))
      .map(({ value, offset }) => ({ value, offset }));
  },
};
