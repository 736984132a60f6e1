import type { CheckTool } from '../check-tool.ts';
import { endedEarly } from '../gate/ended-early.ts';
import { readJunit } from '../gate/read-junit.ts';
import { withoutFlags } from '../gate/without-flags.ts';

/** https://bun.com/docs/cli/test */
export const bunTest: CheckTool = {
  id: 'bun-test',
  kind: 'test',
  programs: ['bun'],
  isCheck: ([command = '']) => command === 'test',
  once: (args) =>
    withoutFlags(args, {
      '--watch': 'alone',
      '--hot': 'alone',
      '-u': 'alone',
      '--update-snapshots': 'alone',
      '--reporter': 'with-value',
      '--reporter-outfile': 'with-value',
    }),
  report: (file) => ({ args: ['--reporter=junit', `--reporter-outfile=${file}`] }),
  read: ({ report, output, errors }) =>
    report === undefined ? { kind: 'unreadable', why: endedEarly({ output, errors }) } : readJunit(report),
};
