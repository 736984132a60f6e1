import { linesOfGit } from './lines-of-git.ts';
import type { ShellCommand } from './shell-command.ts';

const shells = /^(?:.*\/)?(?:ba|da|z|k|a|fi)?sh$/;

/** Programs that run each of their words as a command line. */
const launchers =
  /^(concurrently|conc|nodemon|onchange|chokidar|start-server-and-test|start-test|cross-env-shell|hyperfine|stmux|mprocs|teamocil|entr|npm-watch)$/;

/** Programs that take a command line behind a flag. */
const told: Readonly<Record<string, RegExp>> = {
  npx: /^(-c|--call)(?:=([\s\S]*))?$/,
  npm: /^(-c|--call)(?:=([\s\S]*))?$/,
  pnpm: /^(-c|--call|--shell-mode)(?:=([\s\S]*))?$/,
  bunx: /^(-c|--call)(?:=([\s\S]*))?$/,
  su: /^(-c|--command)(?:=([\s\S]*))?$/,
  runuser: /^(-c|--command)(?:=([\s\S]*))?$/,
  nodemon: /^(-x|--exec)(?:=([\s\S]*))?$/,
  tsx: /^(--exec)(?:=([\s\S]*))?$/,
};

/** What a command is told to run as a command line: by `sh -c`, `eval`, `ssh`, an alias of git, or on its standard input. Pure. */
export function linesTold(command: ShellCommand): readonly string[] {
  const words = command.words[0] === 'command' || command.words[0] === 'exec' ? command.words.slice(1) : command.words;
  const [name = '', ...rest] = words;
  const program = name.replace(/^.*\//, '');
  const split = rest.findIndex((word) => /^(-\w*S|--split-string)$/.test(word));
  return [
    ...ofShell(words, command.fed),
    ...(program === 'eval' ? [rest.join(' ')] : []),
    ...(program === 'trap' ? rest.filter((word) => !word.startsWith('-')).slice(0, 1) : []),
    ...(program === 'env' && split >= 0 ? [rest.slice(split + 1).join(' ')] : []),
    ...(program === 'ssh' ? [overSsh(rest)] : []),
    ...(program === 'git' ? linesOfGit(rest) : []),
    ...inEnvironment([...command.set, ...command.words]),
    ...(/^(at|batch)$/.test(program) ? [command.fed] : []),
    ...(program === 'crontab' ? [command.fed.replaceAll(/^(?:@\w+|(?:\S+[ \t]+){5})/gm, '')] : []),
    ...(program === 'xargs' && words.some((word) => shells.test(word)) ? [command.fed] : []),
    ...launched(words),
    ...behindFlag(words),
  ].filter((line) => line !== '');
}

/** `concurrently 'command' npm:script`, also by way of `npx`. */
function launched(words: readonly string[]): readonly string[] {
  const at = words.slice(0, 2).findIndex((word) => launchers.test(word.replace(/^.*\//, '')));
  return words.slice(at + 1).flatMap((word) => {
    const script = /^(?:npm|pnpm|yarn|bun):(\S+)/.exec(word)?.[1];
    if (at === -1) return [];
    return script === undefined ? (/\s/.test(word) ? [word] : []) : [`npm run ${script}`];
  });
}

/** Variables that name a command line for whoever starts it: `PAGER='…' git log`. */
function inEnvironment(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => {
    const form =
      /^(?:GIT_(?:\w*EDITOR|PAGER|SSH_COMMAND|EXTERNAL_DIFF|ASKPASS|PROXY_COMMAND)|EDITOR|VISUAL|\w*PAGER|PROMPT_COMMAND|LESSOPEN)=([\s\S]*)$/;
    return form.exec(word)?.[1] ?? [];
  });
}

function ofShell(words: readonly string[], fed: string): readonly string[] {
  const at = words.findIndex((word) => shells.test(word));
  if (at === -1) return [];
  const flag = words.findIndex((word, place) => place > at && /^-[a-z]*c[a-z]*$/.test(word));
  if (flag === -1) return [fed];
  return words
    .slice(flag + 1)
    .filter((word) => word !== '--')
    .slice(0, 1);
}

/** `ssh -p 22 host command …`: flags with a value of their own, the host, and what its shell is told. */
function overSsh(rest: readonly string[]): string {
  let at = 0;
  while (at < rest.length && rest[at]?.startsWith('-') === true)
    at += /^-[A-Za-z]*[bcDEeFIiJLlmOopQRSWw]$/.test(rest[at] ?? '') ? 2 : 1;
  return rest.slice(at + 1).join(' ');
}

function behindFlag(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => Object.hasOwn(told, word.replace(/^.*\//, '')));
  const flag = told[words[at]?.replace(/^.*\//, '') ?? ''];
  if (flag === undefined) return [];
  return words.slice(at + 1).flatMap((word, place) => {
    const [whole, , joined] = flag.exec(word) ?? [];
    return whole === undefined ? [] : [joined ?? words[at + place + 2] ?? ''];
  });
}
