import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../../engine/bindings.ts';
import { replaceNode } from '../../../engine/edit-node.ts';
import type { TextEdit } from '../../../recipe.ts';
import { removeStatement, styleOf } from './style.ts';

/** What takes the place of the default import in its statement. */
export type DefaultSuccessor =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'namespace' };

/**
 * Writes an import statement anew without its default import: types for themselves, then names, then the namespace.
 * Undefined where the statement holds what would be lost, such as a comment within the braces.
 */
export function withoutDefault(root: SgNode, binding: Binding, successor: DefaultSuccessor): TextEdit | undefined {
  const { statement } = binding;
  const clause = binding.node.parent();
  if (clause?.is('import_clause') !== true || /\/[/*]/.test(clause.text())) return undefined;
  const [, list, ...rest] = clause.namedChildren();
  if (rest.length > 0 || (list !== undefined && !list.is('named_imports'))) return undefined;
  const items = itemsIn(list?.text() ?? '{}');
  const types = items.filter((item) => /^type\s+(?!as\b)/.test(item)).map((item) => item.replace(/^type\s+/, ''));
  const values = items.filter((item) => !/^type\s+(?!as\b)/.test(item));
  const names = successor.kind === 'names' ? [...successor.names, ...values] : values;
  const clauses = [
    ...(types.length > 0 ? [`type { ${types.join(', ')} }`] : []),
    ...(names.length > 0 ? [`{ ${names.join(', ')} }`] : []),
    ...(successor.kind === 'namespace' ? [`* as ${binding.local}`] : []),
  ];
  if (clauses.length === 0) return removeStatement(statement);
  const { semicolon } = styleOf(root, statement);
  const source = binding.specifier.text();
  return replaceNode(statement, clauses.map((one) => `import ${one} from ${source}${semicolon}`).join('\n'));
}

/** By the text: `type` within the braces of a `.js` file is Flow, which the grammar of JavaScript does not know. */
function itemsIn(list: string): readonly string[] {
  return list
    .slice(1, -1)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
