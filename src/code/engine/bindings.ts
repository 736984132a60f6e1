import type { SgNode } from '@ast-grep/napi';

/** A name of this file that stands for something of a module. */
export type Binding = {
  /** Its name in this file. */
  readonly local: string;
  /** The export: its name, `default`, or `*` for the module as a whole (`import * as x`, `const x = require()`). */
  readonly imported: string;
  readonly form: 'import' | 'require' | 'dynamic-import';
  readonly isTypeOnly: boolean;
  /** The identifier that declares it; `usesOf` finds where it is used. */
  readonly node: SgNode;
  /** The string that names the module. */
  readonly specifier: SgNode;
  /** The import statement, or the declarator (`x = require('m')`). */
  readonly statement: SgNode;
};

/**
 * Every name that a file binds to a module: imports, `require` and `await import()` with or without braces, `import x =
 * require()`. Nested braces and a `require` in the middle of an expression bind no name and are left out; see
 * `specifiersOf`. Type-only imports are there, and marked.
 */
export function bindingsOf(root: SgNode, isModule: (specifier: string) => boolean): readonly Binding[] {
  return specifiersOf(root, isModule).flatMap(boundBy);
}

/** Every string that names a module: in imports and exports, `require`, `import()`, and calls of mocks. */
export function specifiersOf(root: SgNode, isModule: (specifier: string) => boolean): readonly SgNode[] {
  return root
    .findAll({ rule: { kind: 'string' } })
    .filter((node) => isModule(node.text().slice(1, -1)) && isSpecifier(node));
}

const naming = /^(require(\.resolve)?|import|(jest|vi)\.\w*[mM]ock|(jest|vi)\.\w*(require|import)Actual)$/;

function isSpecifier(node: SgNode): boolean {
  const parent = node.parent();
  const kind = parent?.kind();
  if (kind === 'import_statement' || kind === 'export_statement' || kind === 'import_require_clause') return true;
  const call = kind === 'arguments' ? parent?.parent() : undefined;
  return naming.test(call?.field('function')?.text() ?? '') && parent?.namedChildren()[0]?.id() === node.id();
}

function boundBy(specifier: SgNode): readonly Binding[] {
  const parent = specifier.parent();
  if (parent === null) return [];
  if (parent.is('import_statement')) return boundByImport(parent, specifier);
  if (parent.is('import_require_clause')) {
    const node = parent.namedChildren()[0];
    const statement = parent.parent() ?? parent;
    return node === undefined ? [] : [bound(node, '*', { specifier, statement, form: 'require', isTypeOnly: false })];
  }
  return boundByCall(specifier);
}

type Shared = Pick<Binding, 'specifier' | 'statement' | 'form' | 'isTypeOnly'>;

function bound(node: SgNode, imported: string, shared: Shared): Binding {
  return { local: node.text(), imported, node, ...shared };
}

function boundByImport(statement: SgNode, specifier: SgNode): readonly Binding[] {
  const clause = statement.children().find((child) => child.is('import_clause'));
  const shared = { specifier, statement, form: 'import', isTypeOnly: isTypeImport(statement) } as const;
  return (clause?.namedChildren() ?? []).flatMap((part): readonly Binding[] => {
    if (part.is('identifier')) return [bound(part, 'default', shared)];
    const [name] = part.namedChildren();
    if (part.is('namespace_import')) return name === undefined ? [] : [bound(name, '*', shared)];
    return part.namedChildren().flatMap((one) => boundBySpecifier(one, shared));
  });
}

/** True for `import type …`. In a `.js` file that is Flow, which the grammar of JavaScript does not know: the text tells. */
export function isTypeImport(statement: SgNode): boolean {
  return /^import\s+type(of)?\s+(?!from\b)[\w$*{]/.test(statement.text());
}

function boundBySpecifier(specifier: SgNode, shared: Shared): readonly Binding[] {
  const name = specifier.field('name');
  if (!specifier.is('import_specifier') || name === null) return [];
  const isTypeOnly = shared.isTypeOnly || specifier.children().some((child) => child.kind() === 'type');
  const imported = name.text().replaceAll(/^['"]|['"]$/g, '');
  return [bound(specifier.field('alias') ?? name, imported, { ...shared, isTypeOnly })];
}

function boundByCall(specifier: SgNode): readonly Binding[] {
  const call = specifier.parent()?.parent();
  const callee = call?.field('function')?.text();
  if (call == null || (callee !== 'require' && callee !== 'import')) return [];
  let value: SgNode = call;
  const path: string[] = [];
  for (let parent = value.parent(); parent !== null; parent = value.parent()) {
    const kind = parent.kind();
    if (kind === 'member_expression' && parent.field('object')?.id() === value.id()) {
      path.push(parent.field('property')?.text() ?? '');
    } else if (kind !== 'await_expression' && kind !== 'parenthesized_expression' && kind !== 'as_expression') break;
    value = parent;
  }
  const statement = value.parent();
  const name = statement?.is('variable_declarator') === true ? statement.field('name') : null;
  if (statement == null || name === null || path.length > 1) return [];
  const form = callee === 'require' ? 'require' : 'dynamic-import';
  const shared = { specifier, statement, form, isTypeOnly: false } as const;
  if (name.is('identifier')) return [bound(name, path[0] ?? '*', shared)];
  return path.length > 0 ? [] : name.namedChildren().flatMap((part) => boundByPattern(part, shared));
}

function boundByPattern(part: SgNode, shared: Shared): readonly Binding[] {
  const kind = part.kind();
  if (kind === 'shorthand_property_identifier_pattern') return [bound(part, part.text(), shared)];
  if (kind === 'object_assignment_pattern') {
    const left = part.field('left');
    return left === null ? [] : [bound(left, left.text(), shared)];
  }
  const key = kind === 'pair_pattern' ? part.field('key') : null;
  const value = part.field('value');
  const target = value?.kind() === 'assignment_pattern' ? value.field('left') : value;
  if (key === null || target?.is('identifier') !== true) return [];
  return [bound(target, key.text().replaceAll(/^['"]|['"]$/g, ''), shared)];
}
