import { nodeNumber } from '../image/node-image.ts';
import { baseName } from '../text/search-text.ts';
import { yamlScalars } from '../text/yaml-scalars.ts';
import type { VersionPlace } from '../version-place.ts';

const text = `default_language_version:
  node: ⟦18.19.0⟧
  ruby: 3.3.0
repos:
  - repo: local
    hooks: [{ id: a, language: node, language_version: "⟦18.19.0⟧" }]
  - repo: https://git.example/eslint
    hooks:
      - id: eslint
        language_version: ⟦18.19.0⟧
      - { id: black, language: python, language_version: "3.12" }
`;

const isVersion = new RegExp(`^${nodeNumber}$`);

/** https://pre-commit.com/#overriding-language-version */
export const preCommit: VersionPlace = {
  id: 'pre-commit',
  reads: 'pre-commit',
  example: { path: '.pre-commit-config.yaml', text },
  isIn: (path) => baseName(path) === '.pre-commit-config.yaml',
  find: (text) =>
    yamlScalars(text).flatMap(({ keys, value, offset, beside }) => {
      if (!isVersion.test(value)) return [];
      if (keys === 'default_language_version/node') return [{ value, offset }];
      if (!keys.endsWith('hooks/-/language_version')) return [];
      const language = beside.language;
      if (language === 'node') return [{ value, offset }];
      // No other language has versions so high, but which one it is stands in the repository of the hook.
      const mayBeNode = language === undefined && Number.parseInt(value.replace('v', ''), 10) >= 8;
      return mayBeNode ? [{ value, offset, stays: 'which language the hook is in stands in its repository' }] : [];
    }),
};
