import type { Recipe } from '../../recipe.ts';
import { convert } from './convert.ts';

export const npmToPnpm: Recipe = {
  id: 'npm-to-pnpm',
  summary: 'Install with pnpm instead of npm, at the same versions.',
  why: 'pnpm keeps one copy of each package for all trees, and lets code reach only what its package declares.',
  applies: [],
  risk: 'medium',
  lock: { from: 'package-lock.json', to: 'pnpm-lock.yaml' },
  params: { pnpm: { summary: 'The exact version of pnpm that package.json is to name', default: '10.34.9' } },
  transforms: [
    {
      kind: 'tree',
      id: 'convert',
      why: 'pnpm reads members and overrides from pnpm-workspace.yaml, runs install scripts only of packages that are named, hands arguments to scripts without `--`, and lays only declared packages where code finds them.',
      transform: (tree, { params }) => convert(tree, params.pnpm ?? ''),
    },
  ],
};
