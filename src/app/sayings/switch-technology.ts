import { technologyRecipes } from '../plain-words/technologies.ts';
import { technologyOf } from '../plain-words/technology.ts';
import type { Saying } from '../saying.ts';

export const switchTechnology: Saying = {
  name: 'switch-technology',
  summary: 'One technology instead of another, by a recipe of that name',
  forms: [
    '(migrate|move|switch|convert|change|go|port) [the code|the tests|the project|this|it] [from] {tool:from} to {tool:to}',
    'replace {tool:from} (with|by) {tool:to}',
    '(migrate|move|switch|convert|port|turn) [the code|the project|this|it] (to|into) {tool:to}',
  ],
  examples: [
    { says: 'migrate from jest to vitest', command: 'godwit plan --recipe jest-to-vitest' },
    { says: 'replace lodash with native', command: 'godwit plan --recipe lodash-to-native' },
    { says: 'convert the project to typescript', command: 'godwit plan --recipe javascript-to-typescript' },
    { says: 'convert commonjs to es modules', command: 'godwit plan --recipe commonjs-to-esm' },
  ],
  means({ from, to = '' }) {
    const [old, fresh] = [from === undefined ? undefined : technologyOf(from), technologyOf(to)];
    const fitting = technologyRecipes.filter((id) =>
      old === undefined ? id.endsWith(`-to-${fresh}`) : id === `${old}-to-${fresh}`,
    );
    const [recipe] = fitting;
    return fitting.length === 1 && recipe !== undefined ? { args: ['plan', '--recipe', recipe] } : undefined;
  },
};
