import type { NamedChange, ReadNames } from '#core/named-change';
import { resolve } from '../graph/resolve.ts';
import { isIndexed, type TreeIndex, treeIndex } from '../graph/tree-index.ts';
import type { Repository } from '../repository/repository.ts';
import type { Unknown } from '../snapshot.ts';
import { readText } from '../text/read-text.ts';

const bytesMax = 1_048_576;
const foreign = /(^|\/)(node_modules|bower_components|vendor|dist|build|\.next|coverage)\//;
const looked = /\.([cm]?[jt]sx?|sql|prisma)$/i;
const histories = /(^|\/)(migrations?|migrate)\//i;
const otherLanguages = /\.(py|go|rb|java|kt|php|cs|rs|ex|exs|scala|vue|svelte|astro)$/i;

export type CodeRequest = {
  readonly repository: Repository;
  /** Folders or files from the top of the repository; empty for all of it. */
  readonly below: readonly string[];
  readonly changes: readonly NamedChange[];
  readonly readNames: ReadNames;
  readonly signal: AbortSignal;
};

/** The texts that are looked at. */
export type CodeRead = {
  readonly texts: ReadonlyMap<string, string>;
  /** Those of `tools` that the code imports, or that any package.json of the repository declares. */
  readonly packages: ReadonlySet<string>;
  readonly index: TreeIndex;
  readonly isOpen: Openness;
  readonly unknown: readonly Unknown[];
};

/** Reads the files that git tracks or would track, and what says how they name each other. */
export async function readCode({ repository, below, signal }: CodeRequest): Promise<CodeRead> {
  const { root } = repository.git;
  const listed = [...(await repository.trackedFiles()).files, ...(await repository.untrackedFiles())].sort();
  const own = [...new Set(listed)].filter((path) => !foreign.test(path));
  const paths = own.filter((path) => isBelow(path, below));
  const unknown: Unknown[] = [...otherFiles(paths)];
  const packages = new Set<string>();
  const settings = new Map<string, string>();
  for (const path of own.filter(isIndexed)) {
    const answer = await readText(root, path);
    if (answer.kind === 'text') settings.set(path, answer.text);
    else if (isManifest(path)) unknown.push({ what: path, why: answer.why });
    if (answer.kind === 'text' && isManifest(path)) for (const name of dependenciesIn(answer.text)) packages.add(name);
  }
  const texts = new Map<string, string>();
  for (const path of paths) {
    signal.throwIfAborted();
    if (!looked.test(path) || (histories.test(path) && !path.endsWith('.prisma'))) continue;
    const answer = await readText(root, path);
    if (answer.kind === 'unreadable') unknown.push({ what: path, why: answer.why });
    else if (answer.text.length > bytesMax) {
      unknown.push({ what: path, why: `It has ${answer.text.length} characters; at most ${bytesMax} are read.` });
    } else {
      for (const name of importsIn(answer.text)) packages.add(name);
      texts.set(path, answer.text);
    }
  }
  const index = treeIndex([...texts.keys()], settings);
  const isWhole = below.includes('') && !own.some((path) => /\.(vue|svelte|astro)$/i.test(path));
  return { texts, packages, index, isOpen: openness(isWhole, settings, index), unknown };
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`));
}

function isManifest(path: string): boolean {
  return /(^|\/)package\.json$/.test(path);
}

/** May what a file gives be used by somebody who is not looked at? `entry`: because a package is reached through this file. */
export type Openness = (path: string) => 'open' | 'entry' | undefined;

function openness(isWhole: boolean, settings: ReadonlyMap<string, string>, index: TreeIndex): Openness {
  const known = new Map<string, ReadonlySet<string> | undefined>();
  return (path) => {
    const manifest = manifestOf(path, index);
    if (!isWhole) return 'open';
    if (!isPublished(settings.get(manifest))) return undefined;
    if (!known.has(manifest)) known.set(manifest, entriesOf(manifest, index));
    const entries = known.get(manifest);
    return entries === undefined ? 'open' : entries.has(path) ? 'entry' : undefined;
  };
}

/** The files by which a package is reached from outside; undefined where they are not known. */
function entriesOf(manifest: string, index: TreeIndex): ReadonlySet<string> | undefined {
  const home = index.homeOf(manifest);
  if (home?.name === undefined) return undefined;
  const keys = home.exports === undefined ? ['.'] : home.exports.map(({ key }) => key);
  const targets = keys.map((key) => {
    const specifier = `${home.name}${key.replace(/^\./, '')}`;
    return key.includes('*') ? undefined : resolve(manifest, { kind: 'import', specifier }, index)?.target;
  });
  return targets.includes(undefined) ? undefined : new Set(targets.flatMap((target) => target ?? []));
}

function manifestOf(path: string, index: TreeIndex): string {
  const { folder = '.' } = index.homeOf(path) ?? {};
  return folder === '.' ? 'package.json' : `${folder}/package.json`;
}

/** Is a package there to be used by others? */
function isPublished(manifest: string | undefined): boolean {
  if (manifest === undefined || /"private"\s*:\s*true/.test(manifest)) return false;
  return /"(main|module|exports|types|typings)"\s*:/.test(manifest);
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
