import { countAny } from '../../../compiler/count-any.ts';
import type { Project } from '../../../compiler/virtual-tree.ts';
import { applyEdits } from '../../../engine/apply-edits.ts';
import { type ConfiguredPath, configuredPaths, isConfiguration } from '../../../graph/configured-paths.ts';
import { configuredText } from '../../../move/configured-edits.ts';
import type { TextEdit, TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { commonFolder, joined } from '../../../tree/tree-path.ts';
import type { Ratchet } from '../compiler/ratchet.ts';
import type { TypePackages } from '../compiler/type-packages.ts';
import type { Converted } from '../converted.ts';
import type { Settings } from '../reading/compiler-options.ts';
import { isTest, type PackageFacts, stripsTypes } from '../reading/package-facts.ts';
import { type Reaches, specifierEdits } from '../reading/reaches.ts';
import { manifestText } from './manifest.ts';
import { needsBuild, publicNameFindings } from './public-name-findings.ts';
import { stayFindings } from './stay-findings.ts';
import { buildConfigText, configText } from './tsconfig.ts';

/** All that a conversion came to. */
export type Outcome = {
  readonly tree: TreeView;
  readonly facts: PackageFacts;
  readonly reaches: Reaches;
  readonly types: TypePackages;
  readonly settings: Settings;
  /** Text of the tsconfig.json that is there. */
  readonly config: string | undefined;
  readonly converted: Converted;
  readonly ratchet: Ratchet;
  /** The converted files under every flag of `strict`. */
  readonly strict: Project;
};

/** A conversion as edits of the tree, and what a person should know of it. */
export async function resultOf(outcome: Outcome): Promise<TreeTransformed> {
  const { tree, converted } = outcome;
  const { moves, bases, texts } = converted;
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  for (const [from, to] of moves) {
    edits.push({ kind: 'write', path: from, text: texts.get(to) ?? '' });
    edits.push({ kind: 'move', path: from, to });
  }
  const manifest = await otherFiles(outcome, { edits, unresolved });
  for (const [path, base] of bases) {
    const isDone = moves.has(path) || isConfiguration(path);
    if (!isDone && base !== (await tree.read(path))?.text) edits.push({ kind: 'write', path, text: base });
  }
  const made = manifestText(manifest, wishOf(outcome));
  const { path } = outcome.facts;
  edits.push({ kind: 'write', path, text: made.text });
  unresolved.push(
    ...lintFindings(outcome),
    ...(await ignoreFindings(outcome)),
    ...made.open.map((name) => loaderFinding(name, path)),
    ...made.left.map((pattern) => patternFinding(pattern, path)),
    ...publicNameFindings(outcome, { isBuiltFirst: made.isBuiltFirst }),
    ...findingsOf(outcome),
  );
  return { edits: [...edits, ...configEdits(outcome)], unresolved };
}

function wishOf(outcome: Outcome): Parameters<typeof manifestText>[1] {
  const { facts, types, converted } = outcome;
  return {
    home: facts.home,
    running: facts.running,
    stripsTypes: stripsTypes(facts.floor),
    added: types.added,
    rootDir: rootOf(outcome),
    built: builtFiles(outcome),
    paths: outcome.tree.paths,
    moves: converted.moves,
    // Yarn since 2 runs no script before another (https://yarnpkg.com/advanced/lifecycle-scripts).
    needsBuild: needsBuild(outcome) && !outcome.tree.paths.includes('.yarnrc.yml'),
  };
}

/** What the build compiles, by the names of before. */
function builtFiles({ facts, converted }: Outcome): readonly string[] {
  const stays = [...converted.stays.keys()];
  return [...new Set([...facts.candidates, ...stays])].filter((path) => !isTest(path) && !isConfiguration(path));
}

function rootOf(outcome: Outcome): string {
  return commonFolder(builtFiles(outcome)) ?? outcome.facts.home;
}

type Found = { readonly edits: TreeEdit[]; readonly unresolved: TreeUnresolved[] };

/** Configuration that names a converted file gets its new name; the text of package.json is handed back. */
async function otherFiles({ tree, facts, reaches, converted }: Outcome, found: Found): Promise<string> {
  const moved = { files: converted.moves, folders: new Map<string, string>() };
  const specifiers = specifierEdits(reaches, { moves: converted.moves, running: facts.running });
  let manifest = facts.text;
  for (const path of tree.paths) {
    const inSpecifiers = specifiers.get(path) ?? [];
    const isNaming = isConfiguration(path) || isStarter(path);
    if (!isNaming && (inSpecifiers.length === 0 || facts.texts.has(path))) continue;
    const text = (await tree.read(path))?.text;
    if (text === undefined) continue;
    const places = isNaming ? configuredPaths(path, text, reaches.index) : [];
    const own = new Map<number, TextEdit>(inSpecifiers.map((edit) => [edit.offset, edit]));
    for (const place of places) {
      const put = configuredText(place, moved, reaches.index);
      if (put === undefined) continue;
      own.set(place.offset, { offset: place.offset, length: place.length, text: put });
      if (path !== facts.path && facts.running !== 'bundler') found.unresolved.push(startFinding(place, put));
    }
    const all = [...own.values()].sort((one, other) => one.offset - other.offset);
    if (path === facts.path) manifest = applyEdits(text, all).text;
    else if (all.length > 0) found.edits.push({ kind: 'edit', path, edits: all });
  }
  return manifest;
}

/** Shell scripts, services and timetables start programs by their files. */
function isStarter(path: string): boolean {
  return /\.(sh|bash|zsh|ps1|bat|cmd|service|cron)$|(^|\/)(crontab|[jJ]ustfile)$/.test(path);
}

function startFinding({ from, offset, length }: ConfiguredPath, to: string): TreeUnresolved {
  return {
    path: from,
    offset,
    length,
    message: `This names ${to} now, which is TypeScript.`,
    cure: 'Where it is started from here, start what the build writes, or give Node a loader: `node --import tsx`.',
  };
}

function loaderFinding(name: string, path: string): TreeUnresolved {
  return {
    path,
    offset: 0,
    length: 0,
    message: `${name} calls a program that is not told here how to load TypeScript.`,
    cure: 'Start it with NODE_OPTIONS=--import=tsx, or as its manual says.',
  };
}

function patternFinding(pattern: string, path: string): TreeUnresolved {
  return {
    path,
    offset: 0,
    length: 0,
    message: `${pattern} finds files that are TypeScript now, more than can be written out here, and leads nowhere for them.`,
    cure: 'Name them there by patterns for each kind of file, for those who install the package.',
  };
}

const lintParsers = ['typescript-eslint', '@typescript-eslint/parser', 'eslint-config-next', '@antfu/eslint-config'];

/** ESLint reads TypeScript by a parser of its own. */
function lintFindings({ facts: { dependencies, path } }: Outcome): readonly TreeUnresolved[] {
  const has = (name: string) => Object.hasOwn(dependencies, name);
  if (!has('eslint') || lintParsers.some(has)) return [];
  return [
    {
      path,
      offset: 0,
      length: 0,
      message:
        'ESLint reads no TypeScript here: it passes over the converted files, or fails where they are named to it.',
      cure: 'Add typescript-eslint, and its configuration.',
    },
  ];
}

/** tsconfig.json, and where the compiler builds the package, tsconfig.build.json. */
function configEdits(outcome: Outcome): readonly TreeEdit[] {
  const { facts, settings, config, converted, ratchet } = outcome;
  const { home } = facts;
  const below = (path: string) => (home === '.' ? path : path.slice(home.length + 1));
  const tops = new Set(
    [...converted.moves.values()]
      .map((path) => below(path))
      .map((path) => (path.includes('/') ? `${path.split('/')[0]}` : `*.${path.split('.').at(-1)}`)),
  );
  const include = [...tops].sort();
  const main: TreeEdit = {
    kind: 'write',
    path: joined(home, 'tsconfig.json'),
    text: configText(config, { settings, on: ratchet.on, include }),
  };
  if (facts.running !== 'build') return [main];
  const tests = [...converted.moves.values(), ...converted.stays.keys()].filter(isTest).map(below);
  const root = below(rootOf(outcome)) || '.';
  const built = builtFiles(outcome).map((path) => below(converted.moves.get(path) ?? path));
  const build: TreeEdit = {
    kind: 'write',
    path: joined(home, 'tsconfig.build.json'),
    text: buildConfigText({
      rootDir: root === home ? '.' : root,
      include: root === '.' ? built : undefined,
      exclude: tests,
    }),
  };
  return [main, build];
}

/** A line of .gitignore would hide what a build of the gate leaves, and a way back would not find it. */
async function ignoreFindings({ tree, facts: { home, running, path } }: Outcome): Promise<readonly TreeUnresolved[]> {
  const text = (await tree.read(joined(home, '.gitignore')))?.text ?? '';
  if (running !== 'build' || /^\/?(\*\*\/)?dist\/?$/m.test(text)) return [];
  return [
    {
      path,
      offset: 0,
      length: 0,
      isAdvice: true,
      message: 'The build writes into dist, which .gitignore does not name.',
      cure: 'Add the line `dist` to .gitignore when the migration is done.',
    },
  ];
}

/** What stays, what is `any`, and which flags are off. */
function findingsOf({ facts, converted, ratchet, strict, types }: Outcome): readonly TreeUnresolved[] {
  const place = { offset: 0, length: 0 };
  const untold = [...converted.untold].flatMap(([path, blocks]) => {
    const to = converted.moves.get(path);
    return to === undefined
      ? []
      : blocks.map(({ why }) => ({
          ...place,
          path: to,
          message: `Not all of a type in a comment has a place in the code, and the comment stays: @${why}.`,
          cure: 'Write it where the value is declared.',
        }));
  });
  const anys = [...converted.moves.values()].flatMap((path): readonly TreeUnresolved[] => {
    const { written, implied, first } = countAny(path, strict);
    if (written + implied === 0) return [];
    return [
      {
        path,
        offset: first,
        length: 0,
        isAdvice: true,
        message: `${written + implied} any: ${written} written, ${implied} implied.`,
      },
    ];
  });
  const flags = ratchet.off.map(({ flag, errors, files }) => ({
    ...place,
    path: joined(facts.home, 'tsconfig.json'),
    isAdvice: true as const,
    message: `${flag} is off: it would give ${errors} errors in ${files} files.`,
  }));
  const untyped = [...types.untyped].map(([name, why]) => ({
    ...place,
    path: facts.path,
    isAdvice: true as const,
    message: `${name} has no types, so that all of it is any: ${why}`,
  }));
  return [...stayFindings(converted), ...untold, ...anys, ...flags, ...untyped];
}
