import type { CheckTool } from '../check-tool.ts';
import { readJestReport } from '../gate/read-jest-report.ts';
import { withoutFlags } from '../gate/without-flags.ts';

/** https://vitest.dev/guide/reporters#json-reporter */
export const vitest: CheckTool = {
  id: 'vitest',
  kind: 'test',
  programs: ['vitest'],
  isCheck: ([command]) => command !== 'bench' && command !== 'list' && command !== 'init',
  once: (args) => {
    const kept = withoutFlags(args, {
      '-w': 'alone',
      '--watch': 'alone',
      '--ui': 'alone',
      '--open': 'alone',
      '-u': 'alone',
      '--update': 'alone',
      '--reporter': 'with-value',
      '--outputFile': 'with-value',
    });
    return kept[0] === 'watch' || kept[0] === 'dev' ? ['run', ...kept.slice(1)] : kept;
  },
  report: (file) => ({ args: ['--run', '--reporter=json', `--outputFile=${file}`] }),
  read: readJestReport,
};
