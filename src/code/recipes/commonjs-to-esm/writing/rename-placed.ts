import type * as TypeScript from 'typescript';
import { type FolderRead, foldersRead, isListed, mayList } from '../../../graph/folders-read.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import { takesPaths } from '../deciding/stays.ts';
import type { Open } from '../deciding/world.ts';
import { type CommonModule, walk } from '../reading/common-module.ts';
import { type ComputedPath, computedPaths, mayBe } from '../reading/computed-paths.ts';
import { isSpecifier, spelledFiles } from '../reading/spelled-files.ts';
import { renamedNames } from './renamed-names.ts';
import type { Writing } from './requires.ts';

type Renaming = Pick<Writing, 'world' | 'placeOf' | 'edits'>;

/**
 * Paths that are put together, such as `path.join(__dirname, '../bin/tool')` or `` `${__dirname}/config.${x}.js` ``: their end follows
 * files that get another name. Answered are those whose end is not written out, and texts that may name such a file from the folder in
 * which a program is started.
 */
export function renamePlaced(module: CommonModule, renaming: Renaming): readonly Open[] {
  const { world, placeOf, edits } = renaming;
  const renamed = new Set([...world.modules.keys()].filter((path) => placeOf(path) !== path));
  const open: Open[] = [];
  if (renamed.size === 0) return open;
  const written = new Set<TypeScript.Node>();
  const computed = computedPaths(module, world.home);
  const followed = new Set<string>();
  const listed = mayList(module.text) ? foldersRead(module.path, module.source) : [];
  // A path that is loaded under a name is written where it is put together.
  for (const one of [
    ...computed.filter(({ last }) => last !== undefined),
    ...computed.filter(({ last }) => last === undefined),
  ])
    open.push(...renameComputed(one, { module, renaming, renamed, written, followed, listed }));
  for (const { node, path } of takesPaths(module, world) ? spelledFiles(module, world) : []) {
    if (!renamed.has(path) || written.has(node)) continue;
    written.add(node);
    edits.replace(node.getStart() + 1, node.end - 1, relativeFrom(folderPath(module.path), placeOf(path)));
  }
  walk(module.source, (node) => {
    if (!ts.isStringLiteralLike(node) || written.has(node)) return;
    const own = node.text.replace(/^\.\//, '');
    if (!own.includes('/') || !renamed.has(own) || isSpecifier(node)) return;
    open.push({
      ...placeIn(module, node),
      message: `This may name ${own}, which is ${placeOf(own)} now.`,
      cure: 'Write the new name, where that is meant.',
    });
  });
  return open;
}

type Computed = {
  readonly module: CommonModule;
  readonly renaming: Renaming;
  readonly renamed: ReadonlySet<string>;
  readonly written: Set<TypeScript.Node>;
  /** Shapes of which the end is written anew. */
  readonly followed: Set<string>;
  readonly listed: readonly FolderRead[];
};

function renameComputed(computed: ComputedPath, given: Computed): readonly Open[] {
  const { node, loader, shapes, last } = computed;
  const { module, renaming, renamed, written, followed } = given;
  const { world, placeOf, edits } = renaming;
  const named = [...world.modules.keys()].filter(
    (path) => path !== module.path && shapes.some((one) => mayBe(one, path)),
  );
  const moved = named.filter((path) => renamed.has(path));
  const keys = shapes.map((one) => JSON.stringify(one));
  const isDone = last === undefined ? keys.every((key) => followed.has(key)) : written.has(last);
  if (moved.length === 0 || isDone) return [];
  const end = moved.length === named.length && last !== undefined ? newEnd(computed, moved, placeOf) : undefined;
  if (end !== undefined && last !== undefined) {
    written.add(last);
    for (const key of keys) followed.add(key);
    edits.replace(last.end - 1 - end.before.length, last.end - 1, end.after);
    return [];
  }
  const what = renamedNames(moved, placeOf);
  // What the file lists itself has its new name, and is told where it is listed.
  const isListedHere = moved.every((path) => given.listed.some((read) => isListed(path, read, world.home)));
  if (loader !== undefined && isListedHere) return [];
  if (loader !== undefined)
    return [
      {
        ...placeIn(module, loader),
        message: `\`${loader.parent.getText().slice(0, 60)}\` puts its path together: ${what} now. Node adds .js, .json and .node to a path, not .cjs.`,
        cure: 'Put .cjs behind the path here, or into what it is put together of.',
      },
    ];
  if (!shapes.some((one) => one.end.endsWith('.js'))) return [];
  return [
    {
      ...placeIn(module, node),
      message: `\`${node.getText().slice(0, 60)}\` may name files of which some have another name now: ${what}.`,
      cure: 'See that it names them as they are called now.',
    },
  ];
}

/** What a path ends with, and what with where all files that it may name get another name; undefined where that is not written out. */
function newEnd(
  { shapes, last, loader }: ComputedPath,
  moved: readonly string[],
  placeOf: Renaming['placeOf'],
): { readonly before: string; readonly after: string } | undefined {
  const [first = ''] = moved;
  const text = last?.getText().slice(1, -1) ?? '';
  if (moved.length > 1 || shapes.some(({ isOpen }) => isOpen)) {
    const isOne = text.endsWith('.js') && moved.every((path) => placeOf(path) === path.replace(/\.js$/, '.cjs'));
    return isOne ? { before: '.js', after: '.cjs' } : undefined;
  }
  const [before, after] = [baseName(first), baseName(placeOf(first))];
  if (text.endsWith(before)) return { before, after };
  const bare = before.replace(/\.js$/, '');
  return loader !== undefined && text.endsWith(bare) ? { before: bare, after } : undefined;
}

function placeIn({ path }: CommonModule, node: TypeScript.Node): Pick<Open, 'path' | 'offset' | 'length'> {
  return { path, offset: node.getStart(), length: node.end - node.getStart() };
}
