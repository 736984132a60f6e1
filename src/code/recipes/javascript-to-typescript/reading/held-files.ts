import { configuredPaths, isConfiguration } from '../../../graph/configured-paths.ts';
import { foldersRead, isListed } from '../../../graph/folders-read.ts';
import type { Edge } from '../../../graph/module-graph.ts';
import { isModuleKind } from '../../../graph/occurrence.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { Block } from '../types/annotate.ts';
import { type FileUse, fileUses, type UseKind } from './file-uses.ts';
import { isTest, type PackageFacts, stripsTypes } from './package-facts.ts';
import type { Reaches } from './reaches.ts';

/** Files that the running program finds by their names, or runs where no loader is. */
export type Held = {
  /** What keeps its name and stays JavaScript, with the reason. */
  readonly stays: ReadonlyMap<string, Block>;
  /** Places of tests that start a process, with all that it reaches. */
  readonly tested: readonly TestedStart[];
};

/** A process that a test starts: what it runs is converted all the same, and the place is named. */
export type TestedStart = {
  readonly place: NonNullable<Block['place']>;
  readonly reached: ReadonlySet<string>;
};

type World = Reaches &
  Pick<PackageFacts, 'texts' | 'path' | 'candidates' | 'running' | 'floor' | 'home' | 'dependencies' | 'commands'>;

/** Finds what may not be renamed, or may only be read by Node as it is. Pure. */
export function heldFiles(world: World): Held {
  const stays = new Map<string, Block>();
  const tested: TestedStart[] = [];
  const candidates = new Set(world.candidates);
  const hold = (files: Iterable<string>, place: Place): void => {
    for (const file of files)
      if (candidates.has(file) && !stays.has(file))
        stays.set(file, { offset: 0, length: 0, why: `${place.from} finds it by \`${place.code}\``, place });
  };
  for (const [path, text] of world.texts) {
    if (!mayFind.test(text) || !/\.[cm]?[jt]sx?$/.test(path)) continue;
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JSX);
    const { listed, uses } = readingOf(path, source, world);
    for (const start of startsIn(path, uses, world)) {
      const verb = start.use.kind === 'unknown' ? 'may start' : 'starts';
      const place = placed(start.use, text, { says: `${verb}, and what that reaches,`, cure: raising });
      const reached = reachedFrom(start.file, world.edges);
      if (isTest(path)) tested.push({ place, reached });
      else hold(reached, place);
    }
    for (const { files, place } of listed) hold(files, place);
    for (const use of uses) hold(namedBy(use, world), placed(use, text, { says: 'names', cure: renaming }));
  }
  for (const { file, place } of preloadedBy(world)) hold(reachedFrom(file, world.edges), place);
  for (const { file, place } of commandsIn(world)) hold(reachedFrom(file, world.edges), place);
  return { stays, tested };
}

/** Commands of what is bundled are started by Node as they stand. */
function commandsIn({ path, texts, running, floor, commands }: World): readonly { file: string; place: Place }[] {
  const text = texts.get(path) ?? '';
  if (running !== 'bundler' || stripsTypes(floor)) return [];
  return [...commands.values()].map((file) => {
    const { index = 0, 0: code = '' } =
      [...text.matchAll(/(?<=")[^"\n]+(?=")/g)].findLast(([word]) => joined(folderPath(path), word) === file) ?? {};
    const place = { from: path, offset: index, length: code.length };
    return { file, place: placed(place, text, { says: 'starts (bin), and what that reaches,', cure: raising }) };
  });
}

/** What Node loads before a loader counts: by `--require`, and from NODE_OPTIONS. */
const preload =
  /(?:(?:^|\s)(?:-r|--require)[= ]|\bNODE_OPTIONS=(?:\\?["'])?(?:(?![;&|"'])[\s\S])*?--(?:import|require)[= ])(?<file>\.{1,2}\/[^\s"'\\]+)/g;

function preloadedBy({ path, texts, running, floor, home }: World): readonly { file: string; place: Place }[] {
  const text = texts.get(path) ?? '';
  if (running === 'node' || stripsTypes(floor)) return [];
  return [...text.matchAll(preload)].map(({ 0: code, index, groups }) => ({
    file: joined(home, groups?.file ?? ''),
    place: placed({ from: path, offset: index, length: code.length }, text, {
      says: 'loads, and what that reaches,',
      cure: raising,
    }),
  }));
}

type Place = NonNullable<Block['place']>;

const mayFind =
  /readdir|opendir|glob|fg\(|dirname|filename|import\.meta\.url|process\.cwd|Worker|fork|spawn|exec|Piscina|Tinypool|pool|transport|register|path\.(join|resolve)/;
const renaming = 'Let it find .ts too, and rename them then; until then TypeScript reads them as JavaScript.';
const raising =
  'Node below 22.18 loads no TypeScript in a process or a thread of its own. Where only newer ones run it, say so in `engines` and run the recipe again.';

function placed(
  { from, offset, length }: Pick<FileUse, 'from' | 'offset' | 'length'>,
  text: string,
  { says, cure }: Pick<Place, 'says' | 'cure'>,
): Place {
  return { from, offset, length, code: text.slice(offset, offset + length), says, cure };
}

type Found = {
  readonly listed: readonly { readonly files: readonly string[]; readonly place: Place }[];
  readonly uses: readonly FileUse[];
};

function readingOf(path: string, source: ts.SourceFile, { edges, index, home, candidates }: World): Found {
  const starts = [...new Set([home, '.'])];
  const own = edges.filter(({ from, reach }) => from === path && reach !== undefined);
  const listed = foldersRead(path, source)
    .filter(({ offset, length }) => mayListScripts(source.text.slice(offset, offset + length)))
    .map((read) => ({
      files: candidates.filter((file) => starts.some((start) => isListed(file, read, start))),
      place: placed({ ...read, from: path }, source.text, { says: `lists in ${read.folder}`, cure: renaming }),
    }));
  const written = isConfiguration(path) ? configuredPaths(path, source.text, index) : [];
  const uses = fileUses(path, source, { edges: own, index, starts }).filter(
    (use) => !written.some(({ offset }) => offset >= use.offset && offset < use.offset + use.length),
  );
  return { listed, uses };
}

/** A pattern that says its ending may say another one. */
function mayListScripts(call: string): boolean {
  const ends = [...call.matchAll(/\*\.([\w{},|()@+]+)['"`]/g)].map(([, end = '']) => end);
  return ends.length === 0 || ends.some((end) => /js/.test(end));
}

/** What is named in a way that is not written anew. */
function namedBy({ kind, target, follows }: FileUse, { candidates }: World): readonly string[] {
  if (follows) return [];
  if ('file' in target) return kind === 'read' && !candidates.includes(target.file) ? [] : [target.file];
  return candidates.filter((file) => file.startsWith(`${target.folder}/`));
}

type Start = { readonly file: string; readonly use: FileUse };

/** Scripts that run where what loads TypeScript for the program is not there, each with the place that counts. */
function startsIn(path: string, uses: readonly FileUse[], world: World): readonly Start[] {
  const { running, floor, dependencies, texts, edges } = world;
  if (running === 'node' || stripsTypes(floor)) return [];
  if (running === 'bundler' && !/worker_threads|child_process|execa|piscina|tinypool/i.test(texts.get(path) ?? ''))
    return [];
  const byFile = new Map<string, FileUse>();
  const bare: FileUse[] = edges
    .filter(({ from, kind, reach }) => from === path && kind === 'url' && /\.[cm]?jsx?$/.test(reach?.target ?? ''))
    .map(({ offset, length, reach }) => ({
      ...{ from: path, offset, length, kind: 'unknown' },
      ...{ target: { file: reach?.target ?? '' }, follows: true },
    }));
  for (const use of [...uses, ...(running === 'bundler' ? [] : bare)]) {
    if (!('file' in use.target)) continue;
    const known = byFile.get(use.target.file);
    if (known === undefined || weight[use.kind] > weight[known.kind]) byFile.set(use.target.file, use);
  }
  // Vitest runs a program without a loader that its children could be handed.
  const isHandedOn = !Object.hasOwn(dependencies, 'vitest') && running !== 'bundler';
  return [...byFile]
    .filter(([, { kind }]) => kind !== 'read' && !(kind === 'forked' && isHandedOn))
    .map(([file, use]) => ({ file, use }));
}

const weight: Readonly<Record<UseKind, number>> = { unknown: 0, read: 1, forked: 2, started: 3 };

/** A file and all that it loads, directly or not. */
function reachedFrom(file: string, edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const one of reached)
    for (const { from, kind, reach } of edges)
      if (from === one && reach !== undefined && isModuleKind(kind) && kind !== 'jsdoc' && kind !== 'augmentation')
        reached.add(reach.target);
  return reached;
}
