import type { CheckTool } from '../check-tool.ts';
import { readTap } from '../gate/read-tap.ts';
import { withoutFlags } from '../gate/without-flags.ts';

/** https://github.com/avajs/ava/blob/main/docs/05-command-line.md */
export const ava: CheckTool = {
  id: 'ava',
  kind: 'test',
  programs: ['ava'],
  isCheck: ([command = '']) => command !== 'debug' && command !== 'reset-cache',
  once: (args) =>
    withoutFlags(args, {
      '-w': 'alone',
      '--watch': 'alone',
      '-u': 'alone',
      '--update-snapshots': 'alone',
      '-t': 'alone',
      '--tap': 'alone',
    }),
  report: () => ({ args: ['--tap'] }),
  read: ({ output }) => readTap(output),
};
