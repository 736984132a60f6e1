import type { Listing } from '../../history.ts';
import { basename, below, dirname } from './paths.ts';

/** What the name of a file of SQL says: `users.down.sql`, `users-down.sql` beside `users-up.sql`, `users/down.sql`. */
export type SqlName = { readonly stem: string; readonly direction: 'up' | 'down' };

const counterparts: Readonly<Record<string, string>> = { up: 'down', down: 'up' };

/**
 * The name of a file without what says its direction, and the direction. A word after a dash or an underscore may be part
 * of a name (`roll_down.sql`), and says the direction only where the file of the other one is there.
 */
export function sqlName(path: string, { has }: Pick<Listing, 'has'>): SqlName {
  const [name, ending] = [basename(path).replace(/\.sql$/i, ''), basename(path).slice(-4)];
  if (/^(up|down)$/i.test(name)) return { stem: basename(dirname(path)), direction: wayOf(name) };
  const [, stem, mark, word] = /^(.+)([._-])(up|down|rollback|undo|revert)$/i.exec(name) ?? [];
  if (stem === undefined || word === undefined) return { stem: name, direction: 'up' };
  const other = counterparts[word];
  const isSaid = mark === '.' || (other !== undefined && has(below(dirname(path), `${stem}${mark}${other}${ending}`)));
  return isSaid ? { stem, direction: wayOf(word) } : { stem: name, direction: 'up' };
}

function wayOf(word: string): SqlName['direction'] {
  return word.toLowerCase() === 'up' ? 'up' : 'down';
}

/** The program of the same name, or of the same number, that runs a file of SQL. */
export function companionOf(stem: string, programs: readonly string[]): string | undefined {
  const digits = /^\d{8,}/.exec(stem)?.[0];
  return (
    programs.find((program) => basename(program).replace(/\.[a-z]+$/i, '') === stem) ??
    programs.find((program) => digits !== undefined && basename(program).startsWith(`${digits}_`))
  );
}

/** By their names without the direction, the way forward before the way back. */
export function compareSqlNames(compare: (one: string, other: string) => number, { has }: Pick<Listing, 'has'>) {
  return (one: string, other: string): number => {
    const [left, right] = [sqlName(one, { has }), sqlName(other, { has })];
    const ways = Number(left.direction === 'down') - Number(right.direction === 'down');
    return compare(left.stem, right.stem) || ways || compare(one, other);
  };
}
