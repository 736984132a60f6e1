import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fail } from '#core/error';
import type { Surroundings } from './verb.ts';

type Given = { readonly intent?: string | undefined; readonly from?: string | undefined };

/** The SQL of an intent, from the command line or a file. Throws `bad-input` where there is none, or twice. */
export async function intentText(input: Given, surroundings: Surroundings): Promise<string> {
  if (input.intent !== undefined && input.from !== undefined) {
    throw fail('bad-input', {
      what: 'The intent was given twice.',
      why: 'There is SQL on the command line, and --from names a file.',
      next: 'Give one of them.',
    });
  }
  const text = input.from === undefined ? (input.intent ?? '') : await fileText(input.from, surroundings);
  if (text.trim() !== '') return text;
  throw fail('bad-input', {
    what: 'No change was given.',
    why: input.from === undefined ? 'There is neither SQL nor --from.' : `${input.from} is empty.`,
    next: 'Write it as SQL: `godwit plan "ALTER TABLE …"`, or name a file: `godwit plan --from FILE`.',
  });
}

async function fileText(name: string, { cwd }: Surroundings): Promise<string> {
  const file = name === '-' ? '/dev/stdin' : resolve(cwd, name);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw fail(
      'bad-input',
      { what: `${name} cannot be read.`, why, next: 'Name a file with SQL after --from.' },
      error,
    );
  }
}
