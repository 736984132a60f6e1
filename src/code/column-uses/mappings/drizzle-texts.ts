import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import { literalPattern } from '../../text/search-text.ts';
import ts from '../../typescript.cts';
import type { CodeUse, UseFile, UseTree } from '../code-use.ts';
import { calledName } from '../syntax.ts';
import { literalPieces } from '../texts/literal-pieces.ts';
import { outOfCode, type Piece, readSql } from '../texts/sql-text.ts';
import { useOfPlace } from '../texts/use-of-place.ts';
import type { DrizzleTable } from './drizzle-tables.ts';

type Known = { readonly tree: UseTree; readonly tables: readonly DrizzleTable[] };

const statement = /^[\s(]*(select|insert|update|delete|with|merge|create|alter|drop|truncate)\b/i;

/** Parts of statements that are written as text: ``sql`lower(name)` ``, `sql.raw('name')`, `sql.identifier('name')`. */
export async function textUses(file: UseFile, { tree, tables }: Known): Promise<readonly CodeUse[]> {
  const source = /\bsql\b/.test(file.text) && /drizzle/.test(file.text) ? file.tree() : undefined;
  const uses: CodeUse[] = [];
  for (const node of source === undefined ? [] : nodesBelow(source)) {
    const text = textOf(node, tree);
    const pieces = text === undefined ? undefined : literalPieces(text, tree.constants);
    if (text === undefined || pieces === undefined || statement.test(plain(pieces))) continue;
    const own = await readOver(pieces, tablesAround(node, { tree, tables }), tree);
    uses.push(...(own ?? possible(pieces, tree)));
  }
  return uses;
}

function textOf(node: TypeScript.Node, tree: UseTree): TypeScript.Node | undefined {
  if (ts.isTaggedTemplateExpression(node)) return isTag(node.tag, tree) ? node.template : undefined;
  const isText = ts.isCallExpression(node) && /^sql\.(raw|identifier)$/.test(node.expression.getText());
  return isText ? node.arguments[0] : undefined;
}

/** `sql`, or another name that it was given: `{ sql: s }` of a callback, `import { sql as s }`. */
function isTag(tag: TypeScript.Expression, { names }: UseTree): boolean {
  if (tag.getText() === 'sql') return true;
  const declared = ts.isIdentifier(tag) ? names.declarationOf(tag) : undefined;
  const isNamed = declared !== undefined && (ts.isBindingElement(declared) || ts.isImportSpecifier(declared));
  return isNamed && declared.propertyName?.getText() === 'sql';
}

function plain(pieces: readonly Piece[]): string {
  return pieces.map(({ kind, text }) => (kind === 'hole' ? '?' : text)).join('');
}

/** The tables of the declaration, or of the query, that a text stands in; empty where one of them is not known. */
function tablesAround(node: TypeScript.Node, { tree, tables }: Known): readonly DrizzleTable[] {
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const declared = tables.find(({ call }) => call === at);
    if (declared !== undefined) return [declared];
    if (ts.isPropertyAssignment(at) && at.name.getText() === 'with') return [];
    if (!ts.isCallExpression(at)) continue;
    const asked = /\bquery\.(\w+)\.find(Many|First)$/.exec(at.expression.getText())?.[1];
    if (asked !== undefined) return tables.filter(({ variable }) => variable === asked);
    const named = namedInChain(at);
    if (named.length === 0) continue;
    const found = named.map((one) => tableOf(one, { tree, tables }));
    return found.includes(undefined) ? [] : found.flatMap((one) => one ?? []);
  }
  return [];
}

/** `users` of `db.select().from(users)`, whichever call of the chain it is asked of. */
function namedInChain(call: TypeScript.CallExpression): readonly TypeScript.Expression[] {
  let outer: TypeScript.Expression = call;
  while (ts.isPropertyAccessExpression(outer.parent) && ts.isCallExpression(outer.parent.parent))
    outer = outer.parent.parent;
  const named: TypeScript.Expression[] = [];
  for (let at: TypeScript.Expression = outer; ; ) {
    if (ts.isCallExpression(at)) {
      const [first] = at.arguments;
      if (
        /^(from|insert|update|delete|\$count|(left|right|inner|full|cross)Join)$/.test(calledName(at) ?? '') &&
        first !== undefined
      )
        named.push(first);
      at = at.expression;
    } else if (ts.isPropertyAccessExpression(at)) at = at.expression;
    else return named;
  }
}

function tableOf(node: TypeScript.Expression, { tree, tables }: Known): DrizzleTable | undefined {
  const target = tree.names.targetOf(node);
  const declared = target?.kind === 'node' ? target.node : undefined;
  return tables.find(({ call }) => declared !== undefined && call.parent === declared);
}

/** Reads a text as a value or as an order over tables; undefined where it cannot be read so. */
async function readOver(
  pieces: readonly Piece[],
  tables: readonly DrizzleTable[],
  tree: UseTree,
): Promise<readonly CodeUse[] | undefined> {
  if (tables.length === 0) return undefined;
  const names = tables.map(({ schema, table }) => (schema === undefined ? `"${table}"` : `"${schema}"."${table}"`));
  const isUpsert = /\bexcluded\s*\./i.test(plain(pieces));
  const from = ` FROM ${[...names, ...(isUpsert ? [`${names[0]} AS excluded`] : [])].join(', ')} `;
  const forms = [
    [outOfCode(`SELECT 1${from}WHERE (`), ...pieces, outOfCode(') IS NOT NULL')],
    [outOfCode(`SELECT 1${from}ORDER BY `), ...pieces],
  ];
  for (const form of forms) {
    const read = await readSql(form, tree.readNames);
    if ('message' in read || (!read.isWhole && read.answer.places.length === 0)) continue;
    return read.answer.places.flatMap((place) => useOfPlace(place, read, 'drizzle/text') ?? []);
  }
  return undefined;
}

const doubt = 'A part of a statement that is written as text; of which table it is is not known here.';

function possible(pieces: readonly Piece[], { changes }: UseTree): readonly CodeUse[] {
  return changes.flatMap((change, index) =>
    pieces.flatMap(({ kind, path, text, start: from }): readonly CodeUse[] => {
      if (kind !== 'plain' || path === undefined || !('column' in change)) return [];
      const pattern = new RegExp(`(?<![\\w$'])${literalPattern(change.column)}(?![\\w$'(])`, 'gi');
      return [...text.matchAll(pattern)].slice(0, 5).map((match): CodeUse => {
        const start = from + match.index;
        const base = { path, start, end: start + change.column.length, change: index, doubt } as const;
        return { ...base, kind: 'drizzle/text', role: 'read', first: [], final: [] };
      });
    }),
  );
}
