import type { Tooling } from '../tooling.ts';

export const languages: Tooling = {
  id: 'languages',
  role: 'language',
  packages: {
    typescript: 'TypeScript',
    '@typescript/native-preview': 'TypeScript (native preview)',
    'flow-bin': 'Flow',
    coffeescript: 'CoffeeScript',
    '@types/node': 'Node types',
    tsx: 'tsx',
    'ts-node': 'ts-node',
  },
};
