import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

type Texts = Readonly<Record<string, string>>;

/** A case as the public runner finds it below a folder of tests. */
export type Fixture =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly folder: string;
      /** Absolute. */
      readonly input: string;
      readonly text: string;
      /** Undefined where there is none: then the public runner compares with nothing. */
      readonly expected: string | undefined;
    }
  | {
      readonly kind: 'folder';
      readonly name: string;
      readonly folder: string;
      /** Absolute folder of the input. */
      readonly input: string;
      readonly before: Texts;
      readonly expected: Texts;
    };

/**
 * The cases in a folder: each of its folders that holds `input.<ext>` with `expected.<ext>`, or `input/` with `expected/`.
 * `extensions` are those of the language, with their dot. Throws where the folder cannot be read.
 */
export function findFixtures(
  folder: string,
  options: { readonly extensions: readonly string[]; readonly expectedExtension: string | undefined },
): readonly Fixture[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => fixtureIn(join(folder, name), name, options) ?? []);
}

function fixtureIn(
  folder: string,
  name: string,
  { extensions, expectedExtension }: Parameters<typeof findFixtures>[1],
): Fixture | undefined {
  const inputs = extensions.map((extension) => join(folder, `input${extension}`)).filter(isFile);
  const [input] = inputs;
  if (input !== undefined && inputs.length === 1) {
    const expectedPath = join(folder, `expected${expectedExtension ?? extname(input)}`);
    const expected = isFile(expectedPath) ? readFileSync(expectedPath, 'utf8') : undefined;
    return { kind: 'file', name, folder, input, text: readFileSync(input, 'utf8'), expected };
  }
  const [before, after] = [join(folder, 'input'), join(folder, 'expected')];
  if (!isFolder(before) || !isFolder(after)) return undefined;
  return { kind: 'folder', name, folder, input: before, before: textsBelow(before), expected: textsBelow(after) };
}

/** Every file below a folder by its path from there, with slashes. Files that are no UTF-8 are left out. */
export function textsBelow(folder: string): Texts {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
