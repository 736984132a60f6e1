import type { Recipe } from '../../recipe.ts';
import { convert } from './convert.ts';

export const pnpmToNpm: Recipe = {
  id: 'pnpm-to-npm',
  summary: 'Install with npm instead of pnpm, at the same versions.',
  why: 'npm comes with Node.js, and every service and image has it.',
  applies: [],
  risk: 'medium',
  lock: { from: 'pnpm-lock.yaml', to: 'package-lock.json' },
  transforms: [
    {
      kind: 'tree',
      id: 'convert',
      why: 'npm reads members and overrides from package.json, knows neither `workspace:` nor `catalog:`, and hands arguments to scripts only after `--`.',
      transform: convert,
    },
  ],
};
