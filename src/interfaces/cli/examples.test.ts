import { expect, it } from 'vitest';
import { verbs } from '#app/verbs/index';
import { wordsOf } from '../../../test/support/page-commands.ts';
import { commands } from './commands/index.ts';
import { parseCommandLine } from './parse-command-line.ts';

const examples = [...verbs, ...commands].flatMap(({ name, examples: own }) =>
  own.map(({ command }) => [command, name] as const),
);

it.each(examples)('the example `%s` is a call of %s', (command, name) => {
  const [godwit, ...args] = wordsOf(command);
  expect(godwit).toBe('godwit');
  expect(parseCommandLine(args, { verbs, commands, version: '0.0.0' })).toMatchObject({ kind: 'call', name });
});
