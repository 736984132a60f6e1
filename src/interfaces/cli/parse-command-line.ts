import { Command as Commander, CommanderError, Option } from 'commander';
import * as z from 'zod';
import type { VerbExample } from '#app/verb';
import { fail } from '#core/error';
import { type Flag, flagsOf } from './flags.ts';
import { spelledName } from './spelled-name.ts';

/** What can be called: a verb or a command. */
export type Callable = {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly VerbExample[];
  readonly argument?: string;
  readonly takesConsent?: boolean;
  readonly input: z.ZodType;
};

const globalsSchema = z.object({
  json: z.boolean().default(false),
  db: z.string().optional(),
  target: z.string().optional(),
  cwd: z.string().optional(),
  yes: z.boolean().default(false),
  color: z.boolean().default(true),
  quiet: z.boolean().default(false),
  verbose: z.boolean().default(false),
});
/** The flags that every verb and command takes, before or after its name. */
export type Globals = Readonly<z.infer<typeof globalsSchema>>;

/** What was asked for on the command line. */
export type Parsed =
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly input: unknown;
      readonly confirmed: readonly string[];
      readonly globals: Globals;
    }
  /** Help was asked for: the text to show. */
  | { readonly kind: 'help'; readonly text: string };

/** Reads the arguments. Throws `bad-input` with a suggestion for a name or flag that is not known. */
export function parseCommandLine(
  args: readonly string[],
  callables: { readonly verbs: readonly Callable[]; readonly commands: readonly Callable[]; readonly version: string },
): Parsed {
  const shown: string[] = [];
  const program = programOf(callables.version, (text) => shown.push(text));
  let call: Parsed | undefined;
  const groups = [
    ['Verbs:', callables.verbs],
    ['Commands:', callables.commands],
  ] as const;
  for (const [group, list] of groups) {
    for (const callable of list) {
      const command = commandOf(callable, group, args).copyInheritedSettings(program);
      command.action((...given: readonly unknown[]) => {
        call = callOf(callable, given[0], { own: command.opts(), globals: globalsSchema.parse(program.opts()) });
      });
      parentOf(callable, group, program).addCommand(command);
    }
  }
  if (args.length === 0) return { kind: 'help', text: program.helpInformation() };
  try {
    program.parse(withTextLast(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || error.code === 'commander.help') return { kind: 'help', text: shown.join('') };
    throw notUnderstood(error, args, callables);
  }
  return call ?? { kind: 'help', text: program.helpInformation() };
}

function programOf(version: string, show: (text: string) => void): Commander {
  return new Commander('godwit')
    .description(
      'The migration assistant: plans a change so that the live system never stops, applies it step by step, proves that it worked, and takes it back.',
    )
    .version(version, '-V, --version', 'print the version')
    .option('--json', 'one JSON document on standard output, all else on standard error')
    .option('--db <url>', 'the database, e.g. postgres://user@host/database (default: DATABASE_URL)')
    .option('--target <name>', 'a target of godwit.config, instead of --db')
    .option('--cwd <dir>', 'work in this folder')
    .option('-y, --yes', 'answer ordinary questions with yes; never consent')
    .option('--no-color', 'no colour')
    .option('-q, --quiet', 'no progress and no notes')
    .option('-v, --verbose', 'more about what happens and why')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput({ writeOut: show, writeErr: show, outputError: () => undefined })
    .showSuggestionAfterError(true)
    .helpCommand(false)
    .exitOverride()
    .addHelpText(
      'after',
      '\nFirst steps: `godwit demo` shows everything on a database of its own; `godwit plan "ALTER TABLE …"` begins with yours.\n',
    );
}

/** What groups of commands are about; a group is not called by itself. */
const groupSummaries: Readonly<Record<string, string>> = {
  recipe: 'Begin, test, run and list recipes: rewrites of code for a change of version',
};

/** The command that a command stands under: `recipe` for `recipe/run`, made with the first that wants it. */
function parentOf({ name }: Callable, group: string, program: Commander): Commander {
  const [first = '', second] = name.split('/');
  if (second === undefined) return program;
  const known = program.commands.find((command) => command.name() === first);
  if (known !== undefined) return known;
  const made = new Commander(first).copyInheritedSettings(program).helpGroup(group).helpCommand(false);
  made.summary(groupSummaries[first] ?? first).description(`${groupSummaries[first] ?? first}.`);
  program.addCommand(made);
  return made;
}

/** Flags are made out only for what is called: that of the others costs every start as much as the work itself. */
function commandOf(callable: Callable, group: string, args: readonly string[]): Commander {
  const command = new Commander(callable.name.split('/').at(-1))
    .summary(callable.summary)
    .description(callable.description)
    .helpGroup(group)
    .configureHelp({ showGlobalOptions: true })
    .allowExcessArguments(false);
  for (const flag of isNamed(callable, args) ? flagsOf(callable.input) : []) {
    if (flag.field === callable.argument) {
      command.argument(flag.kind === 'list' ? `[${flag.field}...]` : `[${flag.field}]`, flag.summary);
    } else command.addOption(optionOf(flag));
  }
  if (callable.takesConsent === true) {
    command.addOption(new Option('--confirm <gate>', 'say that what this gate asks for is done').argParser(collected));
  }
  const examples = callable.examples.map(({ command: line, says }) => `  ${line}\n      ${says}`);
  return command.addHelpText('after', `\nExamples:\n${examples.join('\n')}\n`);
}

/** Do the arguments have all words of the name? Nothing else can be the one that is called. */
function isNamed({ name }: Callable, args: readonly string[]): boolean {
  return name.split('/').every((word) => args.includes(word));
}

function optionOf({ flag, kind, summary, choices, fallback }: Flag): Option {
  const says = fallback === undefined ? summary : `${summary} (default: ${fallback})`;
  if (kind === 'boolean') return new Option(flag, says);
  if (kind === 'optional') return new Option(`${flag} [value]`, says);
  const option = new Option(`${flag} <${kind === 'number' ? 'number' : 'value'}>`, says);
  if (choices !== undefined) return option.choices([...choices]);
  if (kind === 'number') return option.argParser(numberIn);
  return kind === 'list' ? option.argParser(collected) : option;
}

/** What is no number stays as it was written, so that whoever refuses it can name it. */
function numberIn(text: string): number | string {
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

function collected(value: string, before: unknown): readonly string[] {
  return Array.isArray(before) ? [...before, value] : [value];
}

type Given = { readonly own: Readonly<Record<string, unknown>>; readonly globals: Globals };

function callOf(callable: Callable, argument: unknown, { own, globals }: Given): Parsed {
  const { confirm, ...fields } = own;
  const named = callable.argument === undefined || argument === undefined ? {} : { [callable.argument]: argument };
  const parsed = callable.input.safeParse({ ...fields, ...named });
  if (!parsed.success) throw badFields(callable, parsed.error);
  const confirmed = callable.takesConsent === true && Array.isArray(confirm) ? confirm.map(String) : [];
  return { kind: 'call', name: callable.name, input: parsed.data, confirmed, globals };
}

/** SQL that begins with a comment looks like a flag; it is put behind `--`, where nothing does. */
function withTextLast(args: readonly string[]): readonly string[] {
  const isText = (text: string) => /^--\s/.test(text);
  if (args.includes('--') || !args.some(isText)) return args;
  return [...args.filter((text) => !isText(text)), '--', ...args.filter(isText)];
}

function badFields(callable: Callable, error: z.ZodError): Error {
  const flags = flagsOf(callable.input);
  const said = error.issues.map(({ path, message }) => {
    const flag = flags.find(({ field }) => field === path[0]);
    return `${flag?.flag ?? path.join('.')}: ${message}`;
  });
  return fail('bad-input', {
    what: `\`godwit ${spelledName(callable.name)}\` does not take that.`,
    why: `${said.join('; ')}.`,
    next: `See \`godwit ${spelledName(callable.name)} --help\`.`,
  });
}

function notUnderstood(
  error: CommanderError,
  args: readonly string[],
  { verbs, commands }: Pick<Parameters<typeof parseCommandLine>[1], 'verbs' | 'commands'>,
): Error {
  const later = error.code === 'commander.unknownCommand' ? notBuilt.find((name) => args.includes(name)) : undefined;
  if (later !== undefined) return notBuiltYet(later);
  const [what = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const called = [...verbs, ...commands].find((callable) => isNamed(callable, args))?.name;
  const help = called === undefined ? 'godwit --help' : `godwit ${spelledName(called)} --help`;
  const suggestion = /\(Did you mean (?:one of )?(.+)\?\)/.exec(hint ?? '')?.[1];
  return fail('bad-input', {
    what: `${what.charAt(0).toUpperCase()}${what.slice(1)}${/[.!?]$/.test(what) ? '' : '.'}`,
    why: suggestion === undefined ? 'That is not how godwit is called.' : `Did you mean ${suggestion}?`,
    next: `See \`${help}\`.`,
  });
}

/** Names that are taken for what is to come. */
const notBuilt = ['watch', 'serve'];

function notBuiltYet(name: string): Error {
  return fail('not-built', {
    what: `\`godwit ${name}\` is not built yet.`,
    why: 'This version plans, rehearses, applies and takes back changes of a PostgreSQL database.',
    next: 'See what there is with `godwit --help`.',
  });
}
