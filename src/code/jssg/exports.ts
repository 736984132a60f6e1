import type { SgNode } from '@ast-grep/napi';
import { declarationIn } from '../engine/scope.ts';

/**
 * The node that a module exports by a name: the identifier that is declared, in the module itself or by an import of it;
 * for `export … from` and a default without name the statement. Undefined where it exports no such name; `export *` is not
 * followed.
 */
export function exportNamed(root: SgNode, name: string): SgNode | undefined {
  for (const statement of root.children().filter((child) => child.is('export_statement'))) {
    const found = exportIn(statement, name, root);
    if (found !== undefined) return found;
  }
  return undefined;
}

function exportIn(statement: SgNode, name: string, root: SgNode): SgNode | undefined {
  const isDefault = statement.children().some((child) => child.kind() === 'default');
  if (isDefault) return name === 'default' ? (defaultIn(statement, root) ?? statement) : undefined;
  const clause = statement.children().find((child) => child.is('export_clause'));
  if (clause !== undefined) return exportInClause(clause, statement, { name, root });
  const declaration = statement.field('declaration');
  return declaration === null ? undefined : declaredIn(declaration).find((identifier) => identifier.text() === name);
}

function defaultIn(statement: SgNode, root: SgNode): SgNode | undefined {
  const value = statement.field('value');
  return value?.is('identifier') === true ? declarationIn(root, value.text()) : undefined;
}

function exportInClause(
  clause: SgNode,
  statement: SgNode,
  { name, root }: { readonly name: string; readonly root: SgNode },
): SgNode | undefined {
  for (const specifier of clause.namedChildren()) {
    const local = specifier.field('name');
    const exported = specifier.field('alias') ?? local;
    if (exported === null || local === null || exported.text() !== name) continue;
    if (statement.field('source') !== null) return statement;
    return declarationIn(root, local.text()) ?? statement;
  }
  return undefined;
}

/** True for a name that the module exports, under whatever name. */
export function isExported(root: SgNode, declared: SgNode): boolean {
  const statement = declared.ancestors().find((ancestor) => ancestor.is('export_statement'));
  if (statement !== undefined) return true;
  const name = declared.text();
  return root.children().some((child) => {
    if (!child.is('export_statement') || child.field('source') !== null) return false;
    const clause = child.children().find((part) => part.is('export_clause'));
    const isListed = clause?.namedChildren().some((specifier) => specifier.field('name')?.text() === name) === true;
    return isListed || child.field('value')?.text() === name;
  });
}

function declaredIn(declaration: SgNode): readonly SgNode[] {
  const name = declaration.field('name');
  if (name !== null) return [name];
  return declaration.namedChildren().flatMap((declarator) => {
    const own = declarator.is('variable_declarator') ? declarator.field('name') : null;
    if (own === null) return [];
    const any = [{ kind: 'shorthand_property_identifier_pattern' }, { kind: 'identifier' }];
    return own.is('identifier') ? [own] : own.findAll({ rule: { any } });
  });
}
