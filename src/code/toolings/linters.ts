import type { Tooling } from '../tooling.ts';

export const linters: Tooling = {
  id: 'linters',
  role: 'linter',
  packages: {
    eslint: 'ESLint',
    xo: 'XO',
    standard: 'Standard',
    tslint: 'TSLint',
    '@biomejs/biome': 'Biome',
    oxlint: 'Oxlint',
    prettier: 'Prettier',
    stylelint: 'Stylelint',
    '@typescript-eslint/parser': 'typescript-eslint',
    'typescript-eslint': 'typescript-eslint',
    dprint: 'dprint',
  },
};
