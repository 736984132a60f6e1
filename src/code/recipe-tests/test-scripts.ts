import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { strictnesses } from './same-code.ts';
import type { TransformTests } from './transform-tests.ts';

/** What the scripts of a package come to. */
export type ScriptTests = {
  readonly tests: readonly TransformTests[];
  /** Absolute paths of workflows that are to be read. */
  readonly workflows: readonly string[];
  /** Commands that are neither. */
  readonly others: readonly string[];
};

const scriptsMax = 100;

/**
 * Reads the script `test` of a package.json as a shell would: what it calls of the public runner (`codemod jssg test …`, by
 * npx, pnpm, yarn or bun), through other scripts of the package and `&&`. Pure.
 */
export function testsInScripts(scripts: Readonly<Record<string, string>>, folder: string): ScriptTests {
  const tests: TransformTests[] = [];
  const workflows: string[] = [];
  const others: string[] = [];
  const queue = commandsIn(scripts.test ?? '');
  for (let count = 0; queue.length > 0 && count < scriptsMax; count += 1) {
    const command = queue.shift() ?? '';
    const called = calledScript(command);
    const script = called === undefined ? undefined : scripts[called];
    if (script !== undefined) {
      queue.unshift(...commandsIn(script));
      continue;
    }
    const found = runnerCall(wordsOf(command), folder);
    const validated = /\bcodemod(?:@\S+)? workflow validate (?:-w|--workflow)[ =](\S+)$/.exec(command)?.[1];
    if (found !== undefined) tests.push(found);
    else if (validated !== undefined) workflows.push(resolve(folder, validated));
    else others.push(command);
  }
  return { tests, workflows, others };
}

function commandsIn(line: string): string[] {
  return line
    .split(/\s*(?:&&|;)\s*/)
    .map((command) => command.trim())
    .filter((command) => command !== '');
}

/** The script that a command runs, of the same package. */
function calledScript(command: string): string | undefined {
  return /^(?:(?:npm|pnpm|yarn|bun) run(?:-script)?|node --run|pnpm|yarn)\s+(?:--silent\s+)?([\w:.-]+)$/.exec(
    command,
  )?.[1];
}

function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

const options = {
  language: { type: 'string', short: 'l' },
  filter: { type: 'string' },
  strictness: { type: 'string' },
  timeout: { type: 'string' },
  'expect-errors': { type: 'string' },
  'ignore-whitespace': { type: 'boolean' },
  'semantic-workspace': { type: 'boolean' },
} as const;

const valuesSchema = z.object({
  language: z.string(),
  filter: z.string().optional(),
  strictness: z.enum(strictnesses).default('strict'),
  timeout: z.coerce.number().positive().default(30),
  'expect-errors': z.string().default(''),
  'ignore-whitespace': z.boolean().default(false),
  'semantic-workspace': z.boolean().default(false),
});

function runnerCall(words: readonly string[], folder: string): TransformTests | undefined {
  const at = words.findIndex(
    (word, index) => /^codemod(@\S+)?$/.test(word) && words[index + 1] === 'jssg' && words[index + 2] === 'test',
  );
  if (at === -1) return undefined;
  const { values, positionals } = parseArgs({
    args: words.slice(at + 3),
    options,
    strict: false,
    allowPositionals: true,
  });
  const parsed = valuesSchema.safeParse(values);
  const [script, tests = 'tests'] = positionals;
  if (!parsed.success || script === undefined) return undefined;
  const { data } = parsed;
  return {
    script: resolve(folder, script),
    packageFolder: folder,
    testFolder: resolve(folder, tests),
    language: data.language,
    filter: data.filter,
    strictness: data.strictness,
    isSpaceIgnored: data['ignore-whitespace'],
    expectErrors: data['expect-errors'].split(',').filter((part) => part !== ''),
    isWorkspace: data['semantic-workspace'],
    timeoutMs: data.timeout * 1_000,
  };
}
