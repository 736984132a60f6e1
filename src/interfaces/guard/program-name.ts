import picomatch from 'picomatch';
import { dangerousCalls } from './dangerous-calls.ts';
import { dangerousOnMigration } from './dangerous-on-migration.ts';
import { dangerOfSql, sqlClients } from './sql-danger.ts';

const known: ReadonlySet<string> = new Set([
  ...[...dangerousCalls, ...dangerousOnMigration].flatMap(({ programs }) => programs),
  ...sqlClients,
  'rimraf',
  'del-cli',
  'rmdir',
]);

/** Does a text name a program or a statement that could do harm? */
export function isSuspect(line: string): boolean {
  return (line.match(/[\w.-]+/g) ?? []).some((word) => known.has(word)) || dangerOfSql(line) !== undefined;
}

/** Programs that look at their words or keep them, and call nothing that these name. All others may call what they name. */
const quiet =
  /^(echo|printf|cat|grep|egrep|fgrep|rg|ag|ack|git|gh|glab|ls|head|tail|less|more|wc|sort|uniq|cut|tr|sed|jq|yq|diff|cmp|file|stat|test|\[|\[\[|man|which|type|whereis|whatis|tldr|apt|apt-get|brew|dnf|apk|pip|pip3|mkdir|touch|cp|mv|ln|tee|chmod|chown|tar|zip|unzip|gzip|gunzip|curl|wget|export|declare|local|unset|cd|pushd|popd|read|true|false|for|case|select|function)$/;

/** True for a program that calls nothing that its words name. */
export function isQuiet(words: readonly string[]): boolean {
  const [first = '', flag = ''] = words;
  return quiet.test(programOf(first)) || (first === 'command' && /^-[pvV]+$/.test(flag));
}

/** Programs that do harm themselves, and call others too. */
const hosts = /^(docker|docker-compose|podman|heroku)$/;

/** The words from the program that does it on: `sudo -u x npx prisma …` is `prisma …`. */
export function bareCall(words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  const program = programOf(first);
  if (isQuiet(words) || (known.has(program) && !hosts.test(program))) return words;
  const at = words.findIndex((word, place) => place > 0 && isKnown(word));
  return at === -1 ? words : words.slice(at);
}

function isKnown(word: string): boolean {
  return known.has(programOf(word));
}

/**
 * What a program's name may stand for: itself, programs that its pattern (`dropd?`) matches, and what is left of it where
 * variables in it are empty (`drop${X}db`).
 */
export function namesMeant(word: string): readonly string[] {
  const name = programOf(word);
  if (/[$`]/.test(word)) {
    const given = word.replaceAll(/\$\{\w+:?[-=]([^}]*)\}/g, '$1');
    const rest = programOf(given.replaceAll(/\$\{\w+[^}]*\}|\$\([^)]*\)|`[^`]*`|\$[\w@*#?!-]/g, ''));
    return [name, ...(known.has(rest) ? [rest] : [])];
  }
  if (!/[?*[\]]/.test(name) || /^[*[\]]+$/.test(name)) return [name];
  const isMeant = picomatch(name);
  return [name, ...[...known].filter((one) => isMeant(one))];
}

/** `./node_modules/.bin/prisma`, `prisma@6`, `@prisma/cli` and `node_modules/prisma/build/index.js` are `prisma`, as it is called. */
export function programOf(word: string): string {
  const installed = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\/.+\.[cm]?js$/.exec(word)?.[1];
  if (/(^|\/)interfaces\/cli\/main\.js$/.test(word)) return 'godwit';
  return (installed ?? word)
    .replace(/^.*\//, '')
    .replace(/(?<=.)@[^/]*$/, '')
    .replace(/\.(exe|cmd|ps1|bat)$/i, '');
}
