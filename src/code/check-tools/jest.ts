import type { CheckTool } from '../check-tool.ts';
import { readJestReport } from '../gate/read-jest-report.ts';
import { withoutFlags } from '../gate/without-flags.ts';

/** Jest, also under the names by which tools of frameworks call it. https://jestjs.io/docs/cli */
export const jest: CheckTool = {
  id: 'jest',
  kind: 'test',
  programs: ['jest', 'react-scripts', 'react-app-rewired', 'craco', 'vue-cli-service', 'tsdx'],
  isCheck: ([command = ''], program) => program === 'jest' || command === 'test' || command === 'test:unit',
  once: (args) =>
    withoutFlags(args, {
      '--watch': 'alone',
      '--watchAll': 'alone',
      '-u': 'alone',
      '--updateSnapshot': 'alone',
      '--json': 'alone',
      '--outputFile': 'with-value',
    }),
  report: (file) => ({ args: ['--json', `--outputFile=${file}`] }),
  read: readJestReport,
};
