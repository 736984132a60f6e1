import type { CheckTool } from '../check-tool.ts';
import { jsonIn } from '../gate/json-in.ts';
import { withoutFlags } from '../gate/without-flags.ts';
import { readEslint } from './eslint.ts';

/** ESLint with a configuration of its own; it has no flag for a file. https://github.com/xojs/xo */
export const xo: CheckTool = {
  id: 'xo',
  kind: 'lint',
  programs: ['xo'],
  isCheck: () => true,
  once: (args) => withoutFlags(args, { '--fix': 'alone', '--open': 'alone', '--reporter': 'with-value' }),
  report: () => ({ args: ['--reporter=json'] }),
  read: (run) => readEslint(jsonIn(run.output), run),
};
