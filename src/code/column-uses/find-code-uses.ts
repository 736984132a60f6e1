import type ts from 'typescript';
import type { NamedChange, ReadNames } from '#core/named-change';
import { renderEdits } from '#core/nested-edit';
import type { Repository } from '../repository/repository.ts';
import type { Unknown } from '../snapshot.ts';
import { readText } from '../text/read-text.ts';
import { bothVersions, type CodeUse, type UseFile, type UseTree } from './code-use.ts';
import { type NamesInFile, namesInFile } from './names-in-file.ts';
import { parseCode } from './parse-code.ts';
import { settleFlows } from './settle-flows.ts';
import { useFinders } from './use-finders/index.ts';

const bytesMax = 1_048_576;
const foreign = /(^|\/)(node_modules|bower_components|vendor|dist|build|\.next|coverage)\//;
const looked = /\.([cm]?[jt]sx?|sql|prisma)$/i;
const histories = /(^|\/)(migrations?|migrate)\//i;
const otherLanguages = /\.(py|go|rb|java|kt|php|cs|rs|ex|exs|scala|vue|svelte|astro)$/i;

/** What was found in a tree, with each file that the edits touch: as it is, for the first version, for the final one. */
export type CodeUses = {
  readonly uses: readonly (CodeUse & { readonly line: number; readonly column: number; readonly text: string })[];
  readonly edited: readonly EditedFile[];
  readonly unknown: readonly Unknown[];
};

export type EditedFile = {
  readonly path: string;
  readonly before: string;
  readonly first: string;
  readonly final: string;
};

export type CodeRequest = {
  readonly repository: Repository;
  /** Folders or files from the top of the repository; empty for all of it. */
  readonly below: readonly string[];
  readonly changes: readonly NamedChange[];
  readonly readNames: ReadNames;
  readonly signal: AbortSignal;
};

/**
 * The uses of what changes in the files that git tracks or would track. Reads only; what cannot be read or parsed is
 * named, and so is what is written in a language that is not read.
 */
export async function findCodeUses(request: CodeRequest): Promise<CodeUses> {
  const { changes, readNames, signal } = request;
  const { files, packages, unknown } = await readFiles(request);
  const tree: UseTree = { changes, files, readNames, usesPackage: (name) => packages.has(name), signal };
  const raw: CodeUse[] = [];
  for (const finder of useFinders) raw.push(...(await finder.find(tree)));
  const found = new Map<string, CodeUse>();
  for (const use of settleFlows(raw, tree)) {
    const key = `${use.path} ${use.start} ${use.change}`;
    const known = found.get(key);
    if (known === undefined || (known.doubt !== undefined && use.doubt === undefined)) found.set(key, use);
    else if (known.doubt === undefined && isOther(known, use))
      found.set(key, { ...known, ...bothVersions([]), unedited });
  }
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const uses = [...found.values()].sort((one, other) =>
    one.path < other.path ? -1 : one.path > other.path ? 1 : one.start - other.start,
  );
  return {
    uses: uses.map((use) => ({ ...use, ...placeIn(texts.get(use.path) ?? '', use.start) })),
    edited: editedFiles(uses, texts),
    unknown: [...unknown, ...files.flatMap(({ path, tree: parse }) => unparsed(path, parse()))],
  };
}

const unedited = 'No patch: it is used in several ways, which the new name would not fit alike. Change it by hand.';

/** A list that one call selects and another one groups by: no single text fits both. */
function isOther(known: CodeUse, use: CodeUse): boolean {
  const isSame = known.kind === use.kind && use.doubt === undefined && known.role !== use.role;
  return isSame && JSON.stringify(known.final) !== JSON.stringify(use.final);
}

type Read = {
  readonly files: readonly UseFile[];
  /** Those of `tools` that the code imports, or that any package.json of the repository declares. */
  readonly packages: ReadonlySet<string>;
  readonly unknown: readonly Unknown[];
};

async function readFiles({ repository, below, changes, signal }: CodeRequest): Promise<Read> {
  const listed = [...(await repository.trackedFiles()).files, ...(await repository.untrackedFiles())].sort();
  const own = [...new Set(listed)].filter((path) => !foreign.test(path));
  const paths = own.filter((path) => isBelow(path, below));
  const files: UseFile[] = [];
  const unknown: Unknown[] = [...otherFiles(paths)];
  const packages = new Set<string>();
  for (const path of own.filter((path) => /(^|\/)package\.json$/.test(path))) {
    const answer = await readText(repository.git.root, path);
    if (answer.kind === 'unreadable') unknown.push({ what: path, why: answer.why });
    else for (const name of dependenciesIn(answer.text)) packages.add(name);
  }
  for (const path of paths) {
    signal.throwIfAborted();
    if (!looked.test(path) || (histories.test(path) && !path.endsWith('.prisma'))) continue;
    const answer = await readText(repository.git.root, path);
    if (answer.kind === 'unreadable') unknown.push({ what: path, why: answer.why });
    else if (answer.text.length > bytesMax) {
      unknown.push({ what: path, why: `It has ${answer.text.length} characters; at most ${bytesMax} are read.` });
    } else {
      for (const name of importsIn(answer.text)) packages.add(name);
      if (isAbout(answer.text, changes)) files.push(useFile(path, answer.text));
    }
  }
  return { files, packages, unknown };
}

/** Does a text have a word that a change is about? Without one it uses nothing, where no mapping gives the column another name. */
function isAbout(text: string, changes: readonly NamedChange[]): boolean {
  const lower = text.toLowerCase().replaceAll('_', '');
  if (/prisma|drizzle|camelcaseplugin|knexsnakecasemappers|knex-stringcase/.test(lower)) return true;
  return changes.some((change) =>
    ('column' in change ? [change.column, change.table.name] : [change.table.name]).some((word) =>
      lower.includes(word.toLowerCase().replaceAll('_', '')),
    ),
  );
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`));
}

function useFile(path: string, text: string): UseFile {
  let parsed: ts.SourceFile | undefined;
  let named: NamesInFile | undefined;
  const isCode = /\.[cm]?[jt]sx?$/i.test(path) && !/\.d\.[cm]?ts$/.test(path);
  const tree = () => {
    if (!isCode) return undefined;
    parsed ??= parseCode(path, text);
    return parsed;
  };
  return {
    path,
    text,
    tree,
    names: () => {
      const source = tree();
      if (source === undefined) return undefined;
      named ??= namesInFile(source);
      return named;
    },
  };
}

function unparsed(path: string, tree: ts.SourceFile | undefined): readonly Unknown[] {
  const isCode = /\.[cm]?[jt]sx?$/i.test(path) && !/\.d\.[cm]?ts$/.test(path);
  return isCode && tree === undefined ? [{ what: path, why: 'It does not parse as JavaScript or TypeScript.' }] : [];
}

function otherFiles(paths: readonly string[]): readonly Unknown[] {
  const endings = new Map<string, number>();
  for (const path of paths) {
    const [ending] = otherLanguages.exec(path) ?? [];
    if (ending !== undefined) endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  return [...endings].map(([ending, count]) => ({
    what: `${count} ${ending} ${count === 1 ? 'file' : 'files'}`,
    why: 'Uses are looked for in JavaScript, TypeScript, SQL and Prisma schemas.',
  }));
}

const tools = 'kysely|knex|typeorm';

function dependenciesIn(manifest: string): readonly string[] {
  return [...manifest.matchAll(new RegExp(`"(${tools})"\\s*:`, 'g'))].map(([, name = '']) => name);
}

/** `from 'knex'`, `require('kysely')`, `import('typeorm')`, and what lies within such a package. */
function importsIn(text: string): readonly string[] {
  const imports = new RegExp(`\\b(?:from|require\\s*\\(|import\\s*\\(?)\\s*['"\`](${tools})(?:/[^'"\`]*)?['"\`]`, 'g');
  return [...text.matchAll(imports)].map(([, name = '']) => name);
}

function placeIn(text: string, index: number) {
  const before = text.slice(0, index);
  const start = before.lastIndexOf('\n') + 1;
  const end = text.indexOf('\n', index);
  const line = text.slice(start, end === -1 ? undefined : end).trim();
  return {
    line: before.split('\n').length,
    column: index - start + 1,
    text: (line.length > 160 ? `${line.slice(0, 159)}…` : line).replaceAll(/(:\/\/[^\s:/@]+):[^\s@]+@/g, '$1:***@'),
  };
}

/** Only what is certain is edited: the rest is for a person to look at. */
function editedFiles(uses: readonly CodeUse[], texts: ReadonlyMap<string, string>): readonly EditedFile[] {
  const certain = uses.filter(({ doubt }) => doubt === undefined);
  return [...new Set(certain.map(({ path }) => path))].flatMap((path) => {
    const own = certain.filter((use) => use.path === path);
    const before = texts.get(path) ?? '';
    const first = renderEdits(
      before,
      own.flatMap((use) => use.first),
    );
    const final = renderEdits(
      before,
      own.flatMap((use) => use.final),
    );
    return first === before && final === before ? [] : [{ path, before, first, final }];
  });
}
