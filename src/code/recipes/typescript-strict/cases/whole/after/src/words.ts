import { Shed } from './tools.js';

/** Words of a line. */
export function wordsOf(line: string) {
  return line.trim().split(' ');
}

const longest = (one: string, other: string) => (one.length > other.length ? one : other);

function repeated(word: string, times: number) {
  return word.repeat(times * 2);
}

export function lend(shed: Shed, name: string): string {
  const lent: string | undefined = shed.newest();
  const twice = repeated('tool', 2);
  return lent ? longest(lent, twice) : name;
}

const shed = new Shed();
shed.add('spade', undefined);
shed.add('rake', null);
