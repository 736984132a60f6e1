import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import * as z from 'zod';
import { specifiersOf } from '../../../engine/bindings.ts';
import { spanOf } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit, TreeEdit, TreeTransform, TreeView } from '../../../recipe.ts';
import { sourceFiles } from '../../../recipe.ts';
import { jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp } from '../../../tree/tree-path.ts';
import { editsBetween } from '../../typescript-5-to-6/editing/config-edits.ts';
import { configText } from '../../typescript-5-to-6/editing/config-text.ts';
import { scriptsIn } from '../../typescript-5-to-6/transforms/compiler-scripts.ts';

/** What the announcement of 7.0 names for standing beside each other, as far as these majors go. */
const kept = 'npm:@typescript/typescript6@6.0.2';
const native = '@typescript/native';
const groups = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
const group = z.record(z.string(), z.string()).default({}).catch({});
const manifestSchema = z.object({ dependencies: group, devDependencies: group, optionalDependencies: group });

/** A package whose own code calls the compiler keeps TypeScript 6 under the name, and has 7 beside it. */
export const compilerUsers: TreeTransform = {
  kind: 'tree',
  id: 'compiler-users',
  why: 'The package typescript 7 holds no compiler that a program can call; `@typescript/typescript6` keeps that of 6 under the old name, and `tsc` comes from 7 (announcement of TypeScript 7.0, "Running side-by-side with TypeScript 6.0").',
  async transform(tree) {
    const calling = await foldersThatCall(tree);
    const edits: TreeEdit[] = [];
    for (const path of tree.paths.filter((one) => baseName(one) === 'package.json')) {
      if (!calling.has(folderPath(path))) continue;
      const text = (await tree.read(path))?.text ?? '';
      const manifest = manifestSchema.safeParse(jsonOf(text));
      const home = groups.find((name) => isSeven(manifest.data?.[name].typescript));
      if (home === undefined) continue;
      const range = manifest.data?.[home].typescript ?? '';
      const config = configText(text);
      config.set([home, 'typescript'], kept);
      config.set([home, native], `npm:typescript@${range}`);
      edits.push({ kind: 'edit', path, edits: editsBetween(text, config.text()) });
    }
    return { edits, unresolved: [] };
  },
};

function isSeven(range: string | undefined): boolean {
  return range !== undefined && /^[\^~]?7(\.|$)/.test(range);
}

/** Folders of package.json files that declare typescript, for the sources that import it. */
async function foldersThatCall(tree: TreeView): Promise<ReadonlySet<string>> {
  const folders = new Set<string>();
  for (const path of tree.paths.filter((one) => /\.([cm]?[jt]s|[jt]sx)$/.test(one))) {
    const file = await tree.read(path);
    if (file === undefined || !/['"]typescript['"/]/.test(file.text)) continue;
    if (specifiersOf(file.root(), (specifier) => specifier === 'typescript').length === 0) continue;
    for (const folder of foldersUp(folderPath(path))) {
      const manifest = folder === '.' ? 'package.json' : `${folder}/package.json`;
      if (/"typescript"/.test((tree.paths.includes(manifest) ? await tree.read(manifest) : undefined)?.text ?? '')) {
        folders.add(folder);
        break;
      }
    }
  }
  return folders;
}

/** Scripts that call the compiler by its place in node_modules. */
export const compilerPaths: TreeTransform = {
  kind: 'tree',
  id: 'compiler-paths',
  why: 'Beside TypeScript 6 the program of 7 lies below node_modules/@typescript/native (announcement of TypeScript 7.0).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    for (const path of tree.paths.filter((one) => baseName(one) === 'package.json')) {
      const text = (await tree.read(path))?.text ?? '';
      const root = parseTree(text);
      const isBeside = groups.some(
        (name) => root !== undefined && findNodeAtLocation(root, [name, native]) !== undefined,
      );
      if (!isBeside) continue;
      const mine = scriptsIn(text).flatMap(({ value, offset, length }): readonly TextEdit[] => {
        const after = value.replaceAll('node_modules/typescript/bin/tsc', `node_modules/${native}/bin/tsc`);
        return after === value ? [] : [{ offset, length, text: JSON.stringify(after) }];
      });
      if (mine.length > 0) edits.push({ kind: 'edit', path, edits: mine });
    }
    return { edits, unresolved: [] };
  },
};

/** Parts of the package that are not there any more, named in code. */
export const compilerParts: FileTransform = {
  kind: 'file',
  id: 'compiler-parts',
  why: 'typescript 7 has no `lib/typescript.js` and no `lib/tsserverlibrary.js`, and @typescript/typescript6 only the former.',
  files: sourceFiles,
  mentions: ['typescript/'],
  transform(file) {
    const found = specifiersOf(
      file.root(),
      (specifier) => /^typescript\/(lib|bin)\//.test(specifier) && specifier !== 'typescript/lib/typescript.js',
    );
    const unresolved = found.map((node) => ({
      ...spanOf(node),
      message: `${node.text()} is not part of what stands under the name typescript any more.`,
      cure: 'Import `typescript` (TypeScript 6 beside 7 holds the compiler), or call `tsc` as a program.',
      symbol: 'typescript',
      evidence: 'Announcement of TypeScript 7.0, "Running side-by-side with TypeScript 6.0".',
    }));
    return { edits: [], unresolved };
  },
};

/** Settings of the editor that lead into the package. */
export const editorSettings: TreeTransform = {
  kind: 'tree',
  id: 'editor-settings',
  why: 'An editor that is led to node_modules/typescript/lib finds no tsserver there (typescript 7.0.2 has none).',
  async transform(tree) {
    const unresolved = [];
    for (const path of tree.paths.filter((one) => /(^|\/)\.vscode\/settings\.json$|\.code-workspace$/.test(one))) {
      const text = (await tree.read(path))?.text ?? '';
      const found = /"typescript\.tsdk"\s*:\s*"[^"]*node_modules\/typescript\/lib\/?"/.exec(text);
      if (found === null) continue;
      unresolved.push({
        path,
        offset: found.index,
        length: found[0].length,
        message: `${path} leads the editor to a tsserver that is not there any more.`,
        cure: 'Take the setting away, or beside TypeScript 6 lead it to node_modules/@typescript/old/lib.',
        symbol: 'tsserver',
        evidence: 'Announcement of TypeScript 7.0.',
      });
    }
    return { edits: [], unresolved };
  },
};
