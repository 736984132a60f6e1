import picomatch from 'picomatch';
import type { SandboxNeed } from '#app/jail/choose-sandbox';
import type { Jail } from '#app/jail/jail';
import { withoutSecretFiles } from '#app/jail/secret-files';
import { withinTime } from '#app/jail/within-time';
import type { AllowedCommand } from './allowed-command.ts';
import { allowedCommands, allowedNames } from './allowed-commands.ts';
import { predicatesFrom } from './find-fault.ts';
import { gitWords } from './git-words.ts';
import type { Word } from './read-line.ts';
import { type Sorted, sortWords } from './sort-words.ts';

/** A command that may be run, with all of its words. */
export type Checked =
  | {
      readonly kind: 'checked';
      readonly words: readonly string[];
      readonly need: SandboxNeed;
      /** Files whose text it shows, from the top of the tree. */
      readonly reads: readonly string[];
      /** True where it shows what it has from elsewhere: out of git, or made by code of the project. */
      readonly isSource: boolean;
    }
  | { readonly kind: 'refused'; readonly why: string };

/** What is asked of the repository meanwhile. */
export type CheckWorld = { readonly jail: Jail; isCommit(word: string): Promise<boolean> };

const pathsMax = 100;
const patternMs = 500;

/** Judges one command by the list: program, flags, and where every other word leads. */
export async function checkCommand(given: readonly Word[], world: CheckWorld): Promise<Checked> {
  const expanded = await expand(given, world.jail);
  if (expanded.kind === 'refused') return expanded;
  const [program = '', ...rest] = expanded.words;
  const rows = allowedCommands.filter((row) => row.program === program);
  if (/^[A-Za-z_]\w*=/.test(program))
    return refused(`${program.slice(0, program.indexOf('='))} cannot be set: the environment of commands is fixed.`);
  if (program === 'cd')
    return refused('There is no `cd`: every line starts at the top of the repository, and paths go down from there.');
  if (rows.length === 0)
    return refused(`${JSON.stringify(program)} is not on the list. What can be run: ${allowedNames}.`);
  const row =
    rows.find(({ subcommands }) => subcommands?.includes(rest[0] ?? '') === true) ??
    rows.find(({ subcommands }) => subcommands === undefined);
  if (row === undefined)
    return refused(`Of ${program} these are taken: ${rows.flatMap(({ subcommands = [] }) => subcommands).join(', ')}.`);
  const fault = row.fault?.(rest);
  if (fault !== undefined) return refused(fault);
  const subcommand = row.subcommands === undefined ? [] : rest.slice(0, 1);
  const sorted = sortWords(row, rest.slice(subcommand.length));
  if (sorted.kind === 'refused') return sorted;
  const count = sorted.words.length + (sorted.behind?.length ?? 0);
  if (row.wordsMax !== undefined && count > row.wordsMax)
    return refused(
      `${[program, ...subcommand].join(' ')} takes ${row.wordsMax === 0 ? 'no words' : `at most ${row.wordsMax} file(s)`} here.`,
    );
  const last = await lastWords(row, { sorted, subcommand: subcommand[0] ?? '' }, world);
  if (last.kind === 'refused') return last;
  const words = [program, ...(row.first ?? []), ...subcommand, ...(row.behindSubcommand ?? []), ...last.words];
  const { need = 'reading' } = row;
  const isSource = program === 'git' || need === 'project-code';
  return { kind: 'checked', words, need, reads: isSource || program === 'wc' ? [] : (last.files ?? []), isSource };
}

type Expanded =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly files?: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

/** Patterns stand for the files and folders that can be seen, as a shell would have put them there. */
async function expand(given: readonly Word[], jail: Jail): Promise<Expanded> {
  if (given.every(({ kind }) => kind === 'text')) return { kind: 'words', words: given.map(({ text }) => text) };
  const { files } = await jail.files();
  const folders = files.flatMap((path) =>
    path
      .split('/')
      .slice(0, -1)
      .map((_, at, parts) => parts.slice(0, at + 1).join('/')),
  );
  const all = [...new Set([...folders, ...files])].sort();
  const words: string[] = [];
  for (const { kind, text } of given) {
    const found = kind === 'text' ? [text] : matching(all, text);
    if (found === undefined) return refused(`${text} takes too long to be matched. Write a simpler pattern.`);
    if (found.length > pathsMax)
      return refused(
        `${text} stands for ${found.length} paths, more than ${pathsMax}. Write a narrower pattern, or use \`glob\`.`,
      );
    // A shell leaves a pattern that stands for nothing as it is.
    words.push(...(found.length === 0 ? [text] : found));
  }
  return { kind: 'words', words };
}

function matching(all: readonly string[], pattern: string): readonly string[] | undefined {
  const plain = pattern.replace(/^\.\//, '');
  return withinTime(patternMs, () => {
    const isMatch = picomatch(plain, { nobrace: true, noextglob: true, noglobstar: true, nonegate: true });
    return all.filter((path) => isMatch(path));
  })?.value;
}

async function lastWords(
  row: AllowedCommand,
  { sorted, subcommand }: { readonly sorted: Sorted; readonly subcommand: string },
  world: CheckWorld,
): Promise<Expanded> {
  const { flags, words, behind } = sorted;
  if (row.words === 'commits')
    return gitWords(subcommand, sorted, { root: world.jail.root, isCommit: world.isCommit, place: world.jail.place });
  const dashes = behind === undefined ? [] : ['--', ...behind];
  if (row.words === 'texts') return { kind: 'words', words: [...flags, ...words, ...dashes] };
  if (row.program === 'find') {
    const at = predicatesFrom(words);
    const from = await places(words.slice(0, at), 'places', world);
    return from.kind === 'refused'
      ? from
      : { kind: 'words', words: [...(from.words.length === 0 ? ['.'] : from.words), ...words.slice(at)] };
  }
  const hasPattern = row.words === 'pattern-and-files' && !sorted.names.includes('-e');
  const all = [...words, ...(behind ?? [])];
  if (hasPattern && all.length === 0) return refused(`${row.program} needs a pattern.`);
  const found = await places(all.slice(hasPattern ? 1 : 0), row.words === 'places' ? 'places' : 'files', world);
  if (found.kind === 'refused') return found;
  if (subcommand === 'status' && row.program === 'git')
    return {
      kind: 'words',
      words: [...flags, '--', ...(found.words.length === 0 ? ['.'] : found.words), ...withoutSecretFiles],
    };
  const files = row.words === 'places' ? [] : found.words.filter((word) => word !== '-');
  return { kind: 'words', words: [...flags, '--', ...(hasPattern ? all.slice(0, 1) : []), ...found.words], files };
}

async function places(words: readonly string[], kind: 'files' | 'places', { jail }: CheckWorld): Promise<Expanded> {
  if (words.length > pathsMax) return refused(`More than ${pathsMax} paths are named.`);
  const paths: string[] = [];
  for (const word of words) {
    if (word === '-') paths.push(word);
    else {
      const place = await jail.place(word);
      if (place.kind === 'refused') return refused(`${place.why} ${place.instead}`);
      if (place.kind === 'folder' && kind === 'files') return refused(`${place.path} is a folder.`);
      // A path that begins with a dash would be a flag.
      paths.push(place.path.startsWith('-') ? `./${place.path}` : place.path);
    }
  }
  return { kind: 'words', words: paths };
}

function refused(why: string): { readonly kind: 'refused'; readonly why: string } {
  return { kind: 'refused', why };
}
