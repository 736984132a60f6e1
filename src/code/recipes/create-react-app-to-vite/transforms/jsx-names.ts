import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { SourceTree } from '../../../engine/recipe-run.ts';
import { studyMove } from '../../../move/study-move.ts';
import type { TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { craApplications } from '../reading/cra-application.ts';
import { UnfitApplication } from '../reading/unfit-application.ts';

/** Files with JSX are named for it. */
export const jsxNames: TreeTransform = {
  kind: 'tree',
  id: 'jsx-names',
  why: 'Vite reads JSX in .jsx and .tsx alone. Options that make it read .js so would have to be said again to its scanner of dependencies, to Fast Refresh and to each tool beside it; a name is read by all of them (Vite, Features, JSX).',
  async transform(tree) {
    const moves = new Map<string, string>();
    const unresolved: TreeUnresolved[] = [];
    for (const { sources } of await craApplications(tree))
      for (const path of sources.filter((one) => one.endsWith('.js'))) {
        const text = (await tree.read(path))?.text ?? '';
        unresolved.push(...flowIn(path, text));
        if (!hasJsx(path, text)) continue;
        const to = `${path.slice(0, -'.js'.length)}.jsx`;
        if (tree.paths.includes(to))
          throw new UnfitApplication(`${path} holds JSX, and ${to} stands beside it. Give one of them another name.`);
        moves.set(path, to);
        const snapshot = path.replace(/([^/]+)$/, '__snapshots__/$1.snap');
        if (tree.paths.includes(snapshot)) moves.set(snapshot, snapshot.replace(/\.js\.snap$/, '.jsx.snap'));
      }
    return { edits: moves.size === 0 ? [] : await moveEdits(moves, tree), unresolved };
  },
};

async function moveEdits(moves: ReadonlyMap<string, string>, tree: TreeView): Promise<readonly TreeEdit[]> {
  const { signal } = new AbortController();
  const source: SourceTree = {
    paths: tree.paths,
    passedOver: [],
    async read(path) {
      const text = (await tree.read(path))?.text;
      return text === undefined ? { why: 'It cannot be read.' } : { text };
    },
  };
  const { edits, obstacles } = await studyMove({ files: moves, folders: new Map() }, source, signal);
  const [first] = obstacles;
  if (first !== undefined)
    throw new UnfitApplication(
      `${first.file}:${first.line} names ${first.specifier} in a way that cannot follow a file with JSX to .jsx: ${first.why}. Write it otherwise, and plan again.`,
    );
  return [
    ...[...edits.values()].map(({ path, edits: own }): TreeEdit => ({ kind: 'edit', path, edits: own })),
    ...[...moves].map(([path, to]): TreeEdit => ({ kind: 'move', path, to })),
  ];
}

function hasJsx(path: string, text: string): boolean {
  if (!/<[A-Za-z>]/.test(text)) return false;
  for (const node of nodesBelow(parseSource(path, text)))
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return true;
  return false;
}

function flowIn(path: string, text: string): readonly TreeUnresolved[] {
  const found = /^\s*(?:\/\*+|\/\/)[\s*]*@flow\b/.exec(text);
  if (found === null) return [];
  return [
    {
      path,
      offset: 0,
      length: found[0].length,
      message: 'Types of Flow were taken away by react-scripts, and are not by Vite.',
      cure: 'Remove them with flow-remove-types, or name @babel/preset-flow in the `babel` of @vitejs/plugin-react.',
    },
  ];
}
