import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit, Unresolved } from '../../../recipe.ts';
import { insertAfter, insertBefore, removeStatement, styleOf } from '../../react-18-to-19/editing/style.ts';
import { indentOf } from '../../react-18-to-19/reading/places.ts';
import { typedFiles } from '../type-uses.ts';
import { isModule, isOfReact } from './global-jsx.ts';

/** What a project adds to the global namespace `JSX`, it adds to that of `react`. */
export const jsxAugmentations: FileTransform = {
  kind: 'file',
  id: 'jsx-augmentations',
  why: 'React 19 looks for elements of its own in the namespace `JSX` of the module `react`, not in a global one.',
  files: typedFiles,
  mentions: ['namespace JSX'],
  transform(file, { home }) {
    const root = file.root();
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    if (!isOfReact(file.text, home)) return { edits, unresolved };
    for (const namespace of root.findAll({ rule: { kind: 'internal_module', regex: '^namespace JSX\\b' } })) {
      const made = moved(root, namespace);
      if (made === undefined) unresolved.push(leftOpen(namespace));
      else edits.push(...made);
    }
    return { edits, unresolved };
  },
};

/** Nothing to do where it stands in a module already; undefined where moving it would change what else the file declares. */
function moved(root: SgNode, namespace: SgNode): readonly TextEdit[] | undefined {
  const statement =
    namespace.parent()?.is('expression_statement') === true ? (namespace.parent() ?? namespace) : namespace;
  const block = statement.parent();
  const ambient = block?.is('statement_block') === true ? block.parent() : undefined;
  const { quote } = styleOf(
    root,
    root.namedChildren().find((one) => one.is('import_statement')),
  );
  const module = `declare module ${quote}react${quote}`;
  if (ambient?.kind() === 'ambient_declaration' && /^declare\s+global\b/.test(ambient.text())) {
    const isAlone = block?.namedChildren().filter((one) => one.kind() !== 'comment').length === 1;
    const start = ambient.range().start.index;
    const open = block?.range().start.index ?? start;
    if (isAlone) return [{ offset: start, length: open - start, text: `${module} ` }];
    return [
      removeStatement(statement),
      insertAfter(ambient, `\n\n${module} {\n${indentOf(statement)}${statement.text()}\n}`),
    ];
  }
  const isTop = block?.kind() === 'ambient_declaration' && block.parent()?.is('program') === true;
  if (!isTop || block === null) return [];
  if (isModule(root)) return [];
  const others = root.namedChildren().filter((one) => one.kind() !== 'comment' && one.id() !== block.id());
  if (others.length > 0) return undefined;
  const inner = namespace.text().replaceAll('\n', '\n  ');
  return [insertBefore(block, `import ${quote}react${quote};\n\n`), replaceNode(block, `${module} {\n  ${inner}\n}`)];
}

function leftOpen(namespace: SgNode): Unresolved {
  const { offset } = spanOf(namespace);
  return {
    offset,
    length: 'namespace JSX'.length,
    message: 'React 19 does not look at a global namespace `JSX`, and this file declares more than that.',
    cure: "Move it into a file of its own: `import 'react'; declare module 'react' { namespace JSX { … } }`.",
    symbol: 'JSX',
    evidence: 'React 19 Upgrade Guide, “The JSX namespace in TypeScript”',
  };
}
