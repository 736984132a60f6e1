import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { TreeEdit, TreeTransform, TreeView } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { type CraApplication, craApplications } from '../reading/cra-application.ts';

const reference = /^\/\/\/\s*<reference\s+types=(["'])react-scripts\1\s*\/>[ \t]*$/m;

/** Types of what a bundler gives. */
export const types: TreeTransform = {
  kind: 'tree',
  id: 'types',
  why: 'Types of files that are imported, and of variables, come with `react-scripts`; those of Vite are in `vite/client`, and each variable is declared as it was: a text that may be missing (Vite, Env Variables, IntelliSense).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    for (const application of await craApplications(tree)) edits.push(...(await typesOf(application, tree)));
    return { edits, unresolved: [] };
  },
};

async function typesOf({ files, sources }: CraApplication, tree: TreeView): Promise<readonly TreeEdit[]> {
  const declarations = files.filter((path) => /\.d\.ts$/.test(path));
  for (const path of declarations) {
    const text = (await tree.read(path))?.text ?? '';
    const found = reference.exec(text);
    if (found === null) continue;
    const declared = await declaredTypes(declarations, tree);
    const { names, hasSvg } = await usesOf(sources, tree);
    const lines = [
      '/// <reference types="vite/client" />',
      ...(hasSvg ? ['/// <reference types="vite-plugin-svgr/client" />'] : []),
      ...(names.length === 0
        ? []
        : [
            '',
            'interface ImportMetaEnv {',
            ...names.map((name) => `  readonly ${name}: ${declared.get(name) ?? 'string | undefined'};`),
            '}',
          ]),
    ];
    const edits = [{ offset: found.index, length: found[0].length, text: lines.join('\n') }];
    const to = path.replace(/react-app-env\.d\.ts$/, 'vite-env.d.ts');
    const isFree = to !== path && !tree.paths.includes(to);
    return [{ kind: 'edit', path, edits }, ...(isFree ? [{ kind: 'move' as const, path, to }] : [])];
  }
  return [];
}

/** Variables that sources read, and whether they take components of SVG. */
async function usesOf(sources: readonly string[], tree: TreeView) {
  const names = new Set<string>();
  let hasSvg = false;
  for (const path of sources) {
    const text = (await tree.read(path))?.text ?? '';
    hasSvg ||= /\.svg\?react['"`]/.test(text);
    for (const [, name = ''] of text.matchAll(/\bimport\.meta\.env(?:\.|\[['"])(REACT_APP_\w+)/g)) names.add(name);
  }
  return { names: [...names].sort(), hasSvg };
}

/** What the tree itself says of the types of variables. */
async function declaredTypes(declarations: readonly string[], tree: TreeView): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of declarations)
    for (const node of nodesBelow(parseSource(path, (await tree.read(path))?.text ?? '')))
      if (ts.isInterfaceDeclaration(node) && node.name.text === 'ProcessEnv')
        for (const member of node.members)
          if (ts.isPropertySignature(member) && member.type !== undefined)
            found.set(
              member.name.getText(),
              member.type.getText() + (member.questionToken === undefined ? '' : ' | undefined'),
            );
  return found;
}
