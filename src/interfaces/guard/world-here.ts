import { posix } from 'node:path';
import type { GuardWorld } from './guard-world.ts';
import type { ShellCommand } from './shell-command.ts';
import { saidIn, textOf } from './shell-commands.ts';

/** The world as a command finds it, after the commands before it in the same line. */
export type WorldHere = GuardWorld & {
  readonly folder: string;
  /** True for a file that a command of the same line writes. */
  writesHere(path: string): boolean;
};

/** A path from the top of the repository. */
export function placed(folder: string, path: string): string {
  return path.startsWith('/') || path.startsWith('~') ? path : posix.join(folder, path);
}

/** Each command with its world: the folder into which `cd` has led, and the files that the line itself writes. Pure but for `read`. */
export function inPlace(
  commands: readonly ShellCommand[],
  world: GuardWorld,
): readonly { readonly command: ShellCommand; readonly here: WorldHere }[] {
  let texts: ReadonlyMap<string, Text> = new Map();
  const top = world.folder ?? '';
  let folder = '';
  return commands.map((command) => {
    const [own, before] = [folder, texts];
    const read = (path: string): string | undefined => {
      const inner = /^<\(([\s\S]*)\)$/.exec(path)?.[1];
      if (inner !== undefined) return saidIn({ read })(inner);
      const names = [placed(own, path), path];
      const text = names.map((name) => before.get(posix.normalize(name))).find((one) => one !== undefined);
      if (text !== undefined) return text();
      return world.read(placed(own, path)) ?? (own === '' ? undefined : world.read(path));
    };
    const writesHere = (path: string) => [placed(own, path), path].some((name) => before.has(posix.normalize(name)));
    const here = { read, writesHere, isMigrating: world.isMigrating, folder: placed(top, own) };
    const written = writtenBy(command, read).map(([path, text]) => [posix.normalize(placed(own, path)), text] as const);
    texts = new Map([...before, ...written]);
    const [program, to = ''] = command.words;
    if (program === 'cd' || program === 'pushd') folder = placed(folder, to);
    return { command, here };
  });
}

/** Read when it is asked for: most files that are copied are never run. */
type Text = () => string | undefined;
type Written = readonly (readonly [string, Text])[];

/** Files that a command writes, and what stands in them then; undefined where nobody can tell. */
function writtenBy(command: ShellCommand, read: GuardWorld['read']): Written {
  const [name = '', ...rest] = command.words;
  const files = rest.filter((word) => !word.startsWith('-'));
  const program = name.replace(/^.*\//, '');
  if (/^(cp|mv|ln|install)$/.test(program)) {
    const target = files.at(-1) ?? '';
    return files.slice(0, -1).flatMap((source) => {
      const text = () => read(source);
      return [target, posix.join(target, posix.basename(source))].map((path) => [path, text] as const);
    });
  }
  const targets = program === 'tee' ? [...command.written, ...files] : command.written;
  const isAdded = command.isAppended || (program === 'tee' && rest.includes('-a'));
  return targets.map((path) => {
    const text = () => {
      const said = textOf(command, read);
      return said === undefined ? undefined : `${isAdded ? (read(path) ?? '') : ''}${said}\n`;
    };
    return [path, text] as const;
  });
}
