import type * as TypeScript from 'typescript';
import type { NamedChange } from '#core/named-change';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';
import type { UseFile } from './code-use.ts';
import type { TreeModules } from './modules/tree-modules.ts';

type Among = {
  readonly changes: readonly NamedChange[];
  readonly files: ReadonlyMap<string, UseFile>;
  readonly modules: TreeModules;
};

/** What a file does that may name a column: a query in some form. */
const asks =
  /\.(select|where|from|into|insert|update|table|join|query|raw|execute|unsafe)\(|\b(knex|db|trx|pgTable)\(|\bsql\b|\bSELECT|INSERT|UPDATE|DELETE|WHERE\b|\bselect\s+[\w*]|selectFrom|insertInto|updateTable|deleteFrom/;
const stepsMax = 8;

/** Files that have no word of a change, but take one under another name from a file that does. */
export function takersOfNames(about: readonly UseFile[], { changes, files, modules }: Among): readonly UseFile[] {
  const words = new Set(
    changes.flatMap((change) => [change.table.name, ...('column' in change ? [change.column] : [])]),
  );
  const known = new Set(about.map(({ path }) => path));
  const found = new Map<string, UseFile>();
  const seen = new Set<string>();
  let sources = about.filter((file) => givesName(file, words));
  for (let step = 0; step < stepsMax && sources.length > 0; step += 1) {
    const next: UseFile[] = [];
    for (const { path } of sources) {
      seen.add(path);
      for (const { path: from } of modules.namedIn(path)) {
        const file = files.get(from);
        if (file === undefined || seen.has(from)) continue;
        if (!known.has(from) && asks.test(file.text)) found.set(from, file);
        if (/\bexport\b[^;\n]*\bfrom\b|\bexport\s*\{|\bexports\b/.test(file.text)) next.push(file);
      }
    }
    sources = next.filter(({ path }) => !seen.has(path));
  }
  return [...found.values()];
}

/** Does a file give others a constant that is exactly one of the words, or that has it as a member? */
function givesName(file: UseFile, words: ReadonlySet<string>): boolean {
  if (!/\bexports?\b/.test(file.text)) return false;
  if (![...words].some((word) => [`'${word}'`, `"${word}"`, `\`${word}\``].some((text) => file.text.includes(text))))
    return false;
  const source = file.tree();
  return source !== undefined && [...source.statements].some((statement) => isConstantWith(statement, words));
}

function isConstantWith(statement: TypeScript.Statement, words: ReadonlySet<string>): boolean {
  const isConstant =
    (ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) !== 0) ||
    ts.isEnumDeclaration(statement) ||
    ts.isExportAssignment(statement) ||
    ts.isClassDeclaration(statement) ||
    (ts.isExpressionStatement(statement) && /^(module\.)?exports\b/.test(statement.getText()));
  if (!isConstant) return false;
  return [...nodesBelow(statement)].some(
    (node) => ts.isStringLiteralLike(node) && words.has(node.text) && isValue(node.parent),
  );
}

/** The value of a variable, of a member, or of a list that is one; not what a call is given. */
function isValue(node: TypeScript.Node): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isEnumMember(node) ||
    ts.isExportAssignment(node) ||
    ts.isBinaryExpression(node) ||
    ((ts.isArrayLiteralExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) &&
      isValue(node.parent))
  );
}
