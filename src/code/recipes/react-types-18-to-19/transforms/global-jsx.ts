import type { SgNode } from '@ast-grep/napi';
import { replaceNode } from '../../../engine/edit-node.ts';
import { declarationOf } from '../../../engine/scope.ts';
import type { FileTransform, HomePackage } from '../../../recipe.ts';
import { importEdits } from '../../react-18-to-19/editing/import-edits.ts';
import { typedFiles } from '../type-uses.ts';

/** The namespace `JSX` is imported from `react`. */
export const globalJsx: FileTransform = {
  kind: 'file',
  id: 'global-jsx',
  why: 'The types of React 19 declare no global namespace `JSX`; it is `React.JSX`.',
  files: typedFiles,
  mentions: ['JSX.'],
  transform(file, { home }) {
    const root = file.root();
    if (!isOfReact(file.text, home)) return { edits: [], unresolved: [] };
    const uses = globalUses(root);
    if (uses.length === 0) return { edits: [], unresolved: [] };
    if (file.path.endsWith('.d.ts') && !isModule(root)) {
      return { edits: uses.map((node) => replaceNode(node, "import('react').JSX")), unresolved: [] };
    }
    return {
      edits: importEdits(root, { drop: [], add: [{ module: 'react', imported: 'JSX', local: 'JSX', isType: true }] }),
      unresolved: [],
    };
  },
};

/** Other libraries have a global `JSX` too. */
export function isOfReact(text: string, home: HomePackage | undefined): boolean {
  const source = /@jsxImportSource\s+(\S+)/.exec(text)?.[1];
  if (source !== undefined) return /react/.test(source) && source !== 'preact';
  if (home === undefined) return true;
  const names = Object.keys(home.dependencies);
  const others = ['preact', 'solid-js', 'vue', '@stencil/core', '@builder.io/qwik', 'inferno'];
  const isReact = names.some((name) => name === 'react' || name === '@types/react');
  return isReact || !names.some((name) => others.includes(name));
}

/** True where an import or export makes a file a module; what it declares is then its own. */
export function isModule(root: SgNode): boolean {
  return root.namedChildren().some((one) => one.is('import_statement') || one.is('export_statement'));
}

function globalUses(root: SgNode): readonly SgNode[] {
  const any = [{ kind: 'nested_type_identifier' }, { kind: 'nested_identifier' }];
  return root.findAll({ rule: { any } }).flatMap((node) => {
    const head = node.child(0);
    return head?.is('identifier') === true && head.text() === 'JSX' && declarationOf(head) === undefined ? [head] : [];
  });
}
