import { shellWord } from '#core/shell';
import type { PackageManagerName, Unknown } from '../snapshot.ts';
import type { CheckCommand } from './check.ts';
import type { ScriptPart } from './expand-script.ts';
import type { CheckKind } from './measurement.ts';
import { type Recognised, recognise } from './recognise.ts';
import { type ShellWord, type SimpleCommand, spellCommand } from './shell-chain.ts';
import { singleRun } from './single-run.ts';

/** A command with the check that it belongs to; or why it is left out. */
export type Sorted =
  | { readonly kind: CheckKind; readonly command: CheckCommand; readonly because: string }
  | { readonly kind: 'left-out'; readonly unknown: Unknown };

/** The script that is looked at, and who runs it. */
export type Origin = { readonly script: string; readonly manager: PackageManagerName };

/**
 * Where a part of a script for `kind` belongs. A linter or a type check in the script `test` is a check of its own; what no
 * tool reads stays where it stands.
 */
export function sortPart(part: ScriptPart, kind: CheckKind, origin: Origin): Sorted {
  const because = `script ${origin.script}`;
  if (part.kind !== 'command') return { kind, because, command: wholeScript(part, kind, origin) };
  const found = recognise(part.command.words);
  const isOwn = found?.tool.kind === kind;
  if (found !== undefined && kind !== 'build' && (isOwn || isCheck(found)))
    return { kind: found.tool.kind, because, command: toolCommand(part, found, origin) };
  if (found !== undefined && kind === 'build' && found.tool.kind === 'types')
    return { kind, because, command: toolCommand(part, found, origin) };
  const words = plainWords(part.command.words);
  const run = singleRun(
    words.map(({ text }) => text),
    kind,
  );
  if (run.kind === 'left-out') {
    const what = `\`${spellCommand(part.command)}\` in script ${origin.script}`;
    return { kind: 'left-out', unknown: { what, why: run.why } };
  }
  const before = part.command.words.slice(0, part.command.words.length - words.length + 1);
  return { kind, because, command: commandWith(part, { before, old: words.slice(1), args: run.args }, origin) };
}

/** True for a call that checks something, whatever the script around it is called. */
export function isCheck({ tool, args, program }: Recognised): boolean {
  return tool.isCheck(
    args.map(({ text }) => text),
    program,
  );
}

/** A script as a whole, where only a shell may read it. A pipe around `node --test` hides its output, but not its events. */
function wholeScript(
  part: Exclude<ScriptPart, { kind: 'command' }>,
  kind: CheckKind,
  { manager }: Origin,
): CheckCommand {
  const isNodeTest =
    kind === 'test' && /\bnode\b[^|;&]*\s--test\b/.test(part.text) && !part.text.includes('--test-reporter');
  const tool = isNodeTest ? { id: 'node-test', args: [] } : undefined;
  return { ...scriptCommand(part.script, manager), tool };
}

/** The command that runs a script. */
export function scriptCommand(script: string, manager: PackageManagerName): CheckCommand {
  return { run: { kind: 'script', script }, shown: `${manager} run ${script}` };
}

type Part = Extract<ScriptPart, { kind: 'command' }>;

function toolCommand(part: Part, found: Recognised, origin: Origin): CheckCommand {
  const args = found.tool.once(found.args.map(({ text }) => text));
  const command = commandWith(part, { before: found.before, old: found.args, args }, origin);
  const isPlain =
    part.command.variables.length === 0 && found.before.every(({ text }) => text === 'npx' || text === found.program);
  return { ...command, tool: { id: found.tool.id, args, ...(isPlain ? { program: found.program } : {}) } };
}

/** The script where it runs just this, else the line with other arguments. */
function commandWith(
  { command, script }: Part,
  words: {
    readonly before: readonly ShellWord[];
    readonly old: readonly ShellWord[];
    readonly args: readonly string[];
  },
  { manager }: Origin,
): CheckCommand {
  const { before, old, args } = words;
  const isAsWritten = args.length === old.length && args.every((arg, at) => arg === old[at]?.text);
  const hasOptions = [...command.variables, ...before].some(setsNodeOptions);
  if (script !== undefined && isAsWritten && !hasOptions) return scriptCommand(script, manager);
  const first = { variables: command.variables.map(addingOptions), words: before.map(addingOptions) };
  const line = spellCommand({ ...first, words: [...first.words, ...respelled(args, old)] });
  return { run: { kind: 'line', line }, shown: line };
}

function setsNodeOptions({ raw }: ShellWord): boolean {
  return raw.startsWith('NODE_OPTIONS=');
}

/** The gate sees tests and warnings by NODE_OPTIONS; those of a script are added to it. */
function addingOptions(word: ShellWord): ShellWord {
  return setsNodeOptions(word) ? { ...word, raw: word.raw.replace('=', '="$NODE_OPTIONS "') } : word;
}

/** Arguments as they were spelled, so that patterns and variables stay what they are. */
function respelled(args: readonly string[], spelled: readonly ShellWord[]): readonly ShellWord[] {
  let from = 0;
  return args.map((text) => {
    const at = spelled.findIndex((entry, index) => index >= from && entry.text === text);
    if (at === -1) return { text, raw: shellWord(text) };
    from = at + 1;
    return spelled[at] ?? { text, raw: shellWord(text) };
  });
}

/** The words from the program on that is called in the end. */
function plainWords(words: SimpleCommand['words']): SimpleCommand['words'] {
  const at = words.findIndex(({ text }) => !/^(npx|cross-env|env|[A-Za-z_]\w*=.*)$/.test(text));
  return words.slice(at === -1 ? 0 : at);
}
