import { resolve } from 'node:path';
import { errorDocument, explainError } from '#app/explain-error';
import { loadConfig } from '#app/load-config';
import { thisMachine } from '#app/machine';
import { redactor } from '#app/redact';
import type { Answer, Surroundings, Verb } from '#app/verb';
import type { Json } from '#core/canonical';
import { fail, isFailure } from '#core/error';
import { text } from '#report/formats/text';
import type { Command, CommandContext } from './command.ts';
import { completeCommands, completeDocument, type Spelling } from './complete-commands.ts';
import { askText, askYes, cliConsent } from './consent.ts';
import { watchInterrupts } from './interrupts.ts';
import { type Globals, type Parsed, parseCommandLine } from './parse-command-line.ts';
import { noProgress, type ProgressView, progressView } from './progress.ts';
import type { Read } from './read.ts';
import { errorText } from './show-error.ts';
import { spellingOf } from './spelling.ts';
import { type Terminal, terminalOf } from './terminal.ts';
import { toldStop } from './told-stop.ts';

/** What can be called: `start.ts` brings all there is, `start-lint.ts` only what lint needs. */
export type Callables = { readonly verbs: readonly Verb[]; readonly commands: readonly Command[] };
type Machine = Callables & {
  /** How arguments are read: plain words too, or names of verbs alone. */
  readonly read: Read;
  readonly version: string;
  readonly process: NodeJS.Process;
};
type Call = Extract<Parsed, { readonly kind: 'call' }>;
type Shown = {
  readonly json: () => Json;
  readonly text: string;
  readonly exit: number;
  readonly notes: readonly string[];
  /** True for a document in the form that was asked for: it stands for itself, wherever it is read. */
  readonly isDocument: boolean;
  readonly isVerbatim: boolean;
};

/** Runs one command line and resolves with the exit code. Everything that goes wrong is shown, nothing is thrown. */
export async function runCommandLine({ version, process, verbs, commands, read }: Machine): Promise<number> {
  const known: { exit?: number } = {};
  const callables = [...verbs, ...commands];
  leaveQuietly(process, () => known.exit ?? 0);
  const given = process.argv.slice(2);
  const env = process.env;
  const early = earlyGlobals(given);
  let clean = redactor({ choice: { db: early.db }, config: undefined, env });
  let spelling: (said: string) => Promise<Spelling | undefined> = async () => undefined;
  let terminal = terminalOf(process, { color: !given.includes('--no-color'), env });
  const interrupts = watchInterrupts(process, (said) => terminal.stderr.write(said));
  const view: { progress: ProgressView; name?: string } = { progress: noProgress };
  try {
    const { parsed, args, command } = read(given, (words) => parseCommandLine(words, { verbs, commands, version }));
    if (parsed.kind === 'help') {
      terminal.stdout.write(parsed.text);
      return 0;
    }
    const { globals } = parsed;
    if (command !== undefined && !globals.quiet) terminal.stderr.write(`${command}\n`);
    refuseTwoForms(parsed);
    view.name = parsed.name;
    // Recipes are called with no database, and print the text of files: a word in it that is a password elsewhere is theirs.
    if (parsed.name.startsWith('recipe/')) clean = redactor({ choice: {}, config: undefined, env: {} });
    terminal = terminalOf(process, { color: globals.color, env });
    view.progress = progressOf(globals, terminal);
    const place = { version, cwd: resolve(process.cwd(), globals.cwd ?? '.'), env, signal: interrupts.signal };
    const surroundings = async (): Promise<Surroundings> => {
      const config = await loadConfig(place.cwd);
      clean = redactor({ choice: globals, config, env });
      spelling = (said) => spellingOf(parsed, { args, cwd: place.cwd, config, said, callables });
      return surroundingsOf(parsed, { ...place, config, terminal, progress: view.progress });
    };
    const bare = await carryOut(parsed, { ...place, verbs, commands, callables, terminal, surroundings });
    const shown = pastable(bare, await spelling([bare.text, ...bare.notes].join('\n')));
    view.progress.clear();
    known.exit = shown.exit;
    show(shown, { globals, terminal, clean });
    return shown.exit;
  } catch (caught) {
    view.progress.clear();
    const error = toldStop(caught, view.name);
    const told = isFailure(error) ? Object.values(error.explanation).join('\n') : '';
    // What stopped the command is told in any case, if need be with commands that are not complete.
    const how = await spelling(told).catch(() => undefined);
    const shown = explainError(error, (said) => clean(how === undefined ? said : completeCommands(said, how)));
    known.exit = shown.exit;
    if (early.json) terminal.stdout.write(`${JSON.stringify(errorDocument(shown), undefined, 2)}\n`);
    else terminal.stderr.write(errorText(shown, { colors: terminal.colors, isVerbose: early.verbose }));
    return shown.exit;
  } finally {
    interrupts.stop();
  }
}

/** One document can have one form. */
function refuseTwoForms({ input, globals, name }: Call): void {
  const format = typeof input === 'object' && input !== null && 'format' in input ? String(input.format) : 'text';
  if (!globals.json || !documentForms.includes(format)) return;
  throw fail('bad-input', {
    what: `\`godwit ${name}\` cannot answer with --json and --format ${format} at once.`,
    why: 'Both say what is written to standard output.',
    next: 'Leave one of them away.',
  });
}

const documentForms = ['sarif', 'github', 'junit', 'gitlab'];

type Place = {
  readonly version: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
};

async function carryOut(
  call: Call,
  { verbs, commands, ...place }: Place & Callables & Pick<CommandContext, 'callables' | 'surroundings'>,
): Promise<Shown> {
  const verb = verbs.find(({ name }) => name === call.name);
  if (verb !== undefined) return shownOf(await verb.execute(call.input, await place.surroundings()));
  const command = commands.find(({ name }) => name === call.name);
  const context: CommandContext = { ...place, isJson: call.globals.json, isQuiet: call.globals.quiet };
  const bare = { notes: [], isDocument: false, isVerbatim: false };
  const answer = await command?.execute(call.input, context);
  if (answer === undefined) return { json: () => ({}), text: '', exit: 1, ...bare };
  return { ...answer, ...bare, json: () => answer.json };
}

function shownOf(answer: Answer): Shown {
  return {
    json: () => answer.json,
    text: answer.text ?? text.render(answer.report),
    exit: answer.exit,
    notes: answer.notes ?? [],
    isDocument: answer.text !== undefined,
    isVerbatim: answer.isVerbatim === true,
  };
}

/** Every command that an answer names can be pasted. */
function pastable(shown: Shown, spelling: Spelling | undefined): Shown {
  if (spelling === undefined) return shown;
  return {
    ...shown,
    json: () => completeDocument(shown.json(), spelling),
    text: shown.isDocument ? shown.text : completeCommands(shown.text, spelling),
    notes: shown.notes.map((note) => completeCommands(note, spelling)),
  };
}

function surroundingsOf(
  { confirmed, globals }: Call,
  place: Place & { readonly config: Surroundings['config']; readonly progress: ProgressView },
): Surroundings {
  const { terminal, progress } = place;
  const machine = thisMachine(place);
  const mayAsk = terminal.isInteractive && !globals.json;
  return {
    ...machine,
    cwd: place.cwd,
    env: place.env,
    config: place.config,
    choice: { db: globals.db, target: globals.target },
    on: (event) => progress.on(event),
    consent: cliConsent({
      confirmed,
      who: machine.who,
      terminal,
      mayAsk,
      yes: globals.yes,
      quiet: () => progress.clear(),
    }),
    confirm: (question) => askYes(question, { terminal, mayAsk, yes: globals.yes }),
    confirmByName: async (question, name) => (await askText(question, { terminal, mayAsk })) === name,
  };
}

function progressOf(globals: Globals, { stderr, colors }: Terminal): ProgressView {
  if (globals.quiet) return noProgress;
  return progressView({
    write: (line) => stderr.write(line),
    isTerminal: stderr.isTTY === true,
    columns: () => (stderr.columns > 0 ? stderr.columns : 80),
    nowMs: () => performance.now(),
    dim: (line) => colors.dim(line),
  });
}

function show(
  { json, text: said, notes, isVerbatim }: Shown,
  {
    globals,
    terminal,
    clean,
  }: { readonly globals: Globals; readonly terminal: Terminal; readonly clean: (text: string) => string },
): void {
  const shown = globals.json ? `${JSON.stringify(json(), undefined, 2)}\n` : said;
  terminal.stdout.write(isVerbatim ? shown : clean(shown));
  if (globals.quiet || notes.length === 0) return;
  terminal.stderr.write(`${globals.json ? '' : '\n'}${clean(notes.join('\n'))}\n`);
}

/** What an error needs to know, even when the arguments cannot be read as a whole. */
function earlyGlobals(args: readonly string[]): {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly db: string | undefined;
} {
  const at = args.indexOf('--db');
  const joined = args.find((text) => text.startsWith('--db='))?.slice('--db='.length);
  return {
    json: args.includes('--json'),
    verbose: args.includes('--verbose') || args.includes('-v'),
    db: at === -1 ? joined : args[at + 1],
  };
}

/**
 * A reader that has gone (`| head`) is no error, and changes nothing of what the exit code says; a disk that is full is one
 * that nobody can be told of in the output. Where only those who watch have gone, the work goes on.
 */
function leaveQuietly(process: NodeJS.Process, exit: () => number): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error) => {
      const isGone = 'code' in error && error.code === 'EPIPE';
      if (isGone && stream === process.stderr) return;
      if (isGone) process.exit(exit());
      if (stream === process.stdout) process.stderr.write(`✗ The answer cannot be written: ${error.message}.\n`);
      process.exit(1);
    });
  }
}
