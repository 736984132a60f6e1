import { stripVTControlCharacters } from 'node:util';

const lengthMax = 300;

/** The first words of a message, in one line and without colours: what it says before stacks and excerpts begin. */
export function firstWords(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const stack = lines.findIndex((line) => /^at .+[:(]/.test(line));
  return lines
    .slice(0, stack === -1 ? 3 : Math.min(stack, 3))
    .join(' ')
    .slice(0, lengthMax);
}
