import type { Recipe } from '../../recipe.ts';
import { codePaths } from './transforms/code-paths.ts';
import { comments } from './transforms/comments.ts';
import { flatConfig } from './transforms/flat-config.ts';
import { ruleFormat } from './transforms/rule-format.ts';
import { ruleMethods } from './transforms/rule-methods.ts';
import { tools } from './transforms/tools.ts';

/** What the old format of configuration says is said in the new one, and rules and tools speak ESLint 9. */
export const eslint8To9: Recipe = {
  id: 'eslint-8-to-9',
  summary: 'Configuration becomes eslint.config, custom rules and tools speak ESLint 9',
  why: 'ESLint 9 reads flat configuration only, and takes methods of rules and classes away that version 8 deprecated (the guides Migrate to v9.x and Configuration Migration Guide).',
  applies: [{ package: 'eslint', from: '>=7 <9', to: '>=9 <10' }],
  risk: 'medium',
  transforms: [flatConfig, ruleFormat, ruleMethods, codePaths, tools, comments],
};
