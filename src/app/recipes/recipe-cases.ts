import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fail } from '#core/error';

/** A case of a recipe that is to be written: a file before and after. */
export type WantedCase = { readonly name: string; readonly before: string; readonly after: string };

/** Cases, of which some are shown to whoever writes the recipe, and the others tell whether it is one. */
export type CaseSet = {
  /** Extension of all files, with its dot. */
  readonly extension: string;
  readonly shown: readonly WantedCase[];
  readonly heldBack: readonly WantedCase[];
};

const casesMin = 3;
const charactersMax = 100_000;

/**
 * Reads cases: folders with `before.EXT` and `after.EXT`, or `input.EXT` and `expected.EXT`. A third of them, rounded up, is held
 * back; which ones follows from their contents, so that nobody picks them. Throws `bad-input`.
 */
export async function readCases(folder: string): Promise<CaseSet> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found = await Promise.all(names.sort().map((name) => caseIn(folder, name)));
  const cases = found.filter((one) => one !== undefined);
  const extensions = new Set(cases.map(({ extension }) => extension));
  const [extension] = extensions;
  if (cases.length < casesMin || extension === undefined) throw tooFew(folder, cases.length);
  if (extensions.size > 1) throw severalLanguages(folder, [...extensions]);
  const drawn = cases.toSorted((one, other) => (digest(one) < digest(other) ? -1 : 1));
  const count = Math.ceil(cases.length / 3);
  return { extension, heldBack: drawn.slice(0, count), shown: drawn.slice(count) };
}

async function caseIn(
  folder: string,
  name: string,
): Promise<(WantedCase & { readonly extension: string }) | undefined> {
  const files = await readdir(join(folder, name));
  for (const [first, second] of [
    ['before', 'after'],
    ['input', 'expected'],
  ] as const) {
    const from = files.find((file) => file.startsWith(`${first}.`));
    if (from === undefined) continue;
    const extension = extname(from);
    const to = files.find((file) => file === `${second}${extension}`);
    if (to === undefined) throw halfCase(join(folder, name), `${second}${extension}`);
    const [before, after] = await Promise.all([from, to].map((file) => readFile(join(folder, name, file), 'utf8')));
    if (before === undefined || after === undefined) return undefined;
    if (before.length + after.length > charactersMax) throw tooLarge(join(folder, name));
    return { name, before, after, extension };
  }
  return undefined;
}

function digest({ before, after }: WantedCase): string {
  return createHash('sha256').update(`${before}\0${after}`).digest('hex');
}

function tooFew(folder: string, count: number): Error {
  return fail('bad-input', {
    what: `${folder} has ${count} cases, and ${casesMin} are wanted at least.`,
    why: 'A third of them is held back, to see whether the recipe does more than repeat what it was shown.',
    next: 'Make a folder for each case, with before.EXT and after.EXT in it; one in which nothing may change is worth having.',
  });
}

function severalLanguages(folder: string, extensions: readonly string[]): Error {
  return fail('bad-input', {
    what: `The cases in ${folder} are of several languages: ${extensions.join(', ')}.`,
    why: 'A transform reads one.',
    next: 'Keep the cases of each language in a folder of its own.',
  });
}

function halfCase(folder: string, missing: string): Error {
  return fail('bad-input', {
    what: `The case ${folder} is not whole.`,
    why: `${missing} is not there.`,
    next: 'Write it; where nothing may change it is the same as the file before.',
  });
}

function tooLarge(folder: string): Error {
  return fail('bad-input', {
    what: `The case ${folder} is too large.`,
    why: `Both files together have more than ${charactersMax.toLocaleString('en-US')} characters.`,
    next: 'Cut it down to the lines that matter.',
  });
}
