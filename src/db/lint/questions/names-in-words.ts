import type { RangeVar } from 'libpg-query';

/** A relation as the statement writes it, with its schema where one is given. */
export function writtenName(name: RangeVar | undefined): string {
  const relname = name?.relname ?? '';
  return name?.schemaname === undefined ? relname : `${name.schemaname}.${relname}`;
}

const namesMax = 4;

/** Names for a sentence: `users, orders and 3 more`. `public.` is left out, as people leave it out. */
export function namesInWords(names: readonly string[]): string {
  const short = [...new Set(names)].map((name) => name.replace(/^public\./, ''));
  const shown =
    short.length > namesMax ? [...short.slice(0, namesMax - 1), `${short.length - namesMax + 1} more`] : short;
  if (shown.length < 2) return shown.join();
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
