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
  find: (text) =>
    yamlScalars(text)
      .filter(({ keys, value }) => isKey.test(keys) && isVersion.test(value))
      .map(({ value, offset }) => ({ value, offset })),
};
