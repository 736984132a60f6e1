import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { CodeUse } from '../code-use.ts';
import { calledName } from '../syntax.ts';
import { literalPieces } from '../texts/literal-pieces.ts';
import { outOfCode, type Piece, readSql } from '../texts/sql-text.ts';
import { useOfPlace } from '../texts/use-of-place.ts';
import { fromTables, type Look } from './chain-names.ts';
import type { ChainTable } from './chain-table.ts';
import type { ChainCall } from './query-chain.ts';

/** Text in SQL that is a part of a chain, `db.raw('upper(name)')`, `whereRaw('name = ?')`: read over the tables of the chain. */
export async function rawUses(look: Look): Promise<readonly CodeUse[]> {
  const { chain, roles, tree } = look;
  const joins = chain.calls.filter(({ name }) => name === 'joinRaw').flatMap(({ given }) => piecesOf(given[0], look));
  const named = chain.tables.filter(({ isRaw }) => !isRaw);
  const uses: CodeUse[] = [];
  for (const call of chain.calls) {
    for (const { pieces, isOutput } of textsIn(call, look)) {
      const form = isOutput ? 'output' : formOf(call.name);
      const tables = [...named, ...excludedIn(pieces, named)];
      const from: readonly Piece[] = [outOfCode(` FROM ${fromTables(tables, look)} `), ...joins, outOfCode(' ')];
      const whole = within(statements[form](pieces, from), look);
      const read = await readSql(whole, tree.readNames);
      if ('message' in read) continue;
      for (const place of read.answer.places) {
        const use = useOfPlace(place, read, roles.kind);
        const isHere = pieces.some(
          ({ path, start, end }) => path === use?.path && use !== undefined && start <= use.start && use.end <= end,
        );
        if (use !== undefined && isHere) uses.push(use);
      }
    }
  }
  return uses;
}

/** In an upsert the row that was to be inserted has the columns of its table. */
function excludedIn(pieces: readonly Piece[], [target]: readonly ChainTable[]): readonly ChainTable[] {
  const isNamed = pieces.some(({ text }) => /\bexcluded\s*\./i.test(text));
  return target !== undefined && isNamed ? [{ ...target, alias: 'excluded' }] : [];
}

/** The statement where it stands: in one over the tables of the queries around it. */
function within(statement: readonly Piece[], look: Look): readonly Piece[] {
  const before = look.around.map(() => outOfCode('SELECT ('));
  const after = look.around.map(({ tables }) => outOfCode(`) FROM ${fromTables(tables, look)}`));
  return [...before, ...statement, ...after];
}

type Form = 'output' | 'condition' | 'order' | 'group' | 'value';

/** A statement around the text, so that it stands as it will. */
const statements: Readonly<Record<Form, (text: readonly Piece[], from: readonly Piece[]) => readonly Piece[]>> = {
  output: (text, from) => [outOfCode('SELECT '), ...text, ...from],
  condition: (text, from) => [outOfCode('SELECT 1'), ...from, outOfCode('WHERE '), ...text],
  order: (text, from) => [outOfCode('SELECT 1'), ...from, outOfCode('ORDER BY '), ...text],
  group: (text, from) => [outOfCode('SELECT 1'), ...from, outOfCode('GROUP BY '), ...text],
  value: (text, from) => [outOfCode('SELECT 1'), ...from, outOfCode('WHERE ('), ...text, outOfCode(') IS NULL')],
};

function formOf(name: string): Form {
  if (/^orderBy/.test(name)) return 'order';
  if (/^groupBy/.test(name)) return 'group';
  return /(where|having)Raw$/i.test(name) ? 'condition' : 'value';
}

type RawText = { readonly pieces: readonly Piece[]; readonly isOutput: boolean };

/** The texts within the arguments of a call, but not within another chain. */
function textsIn({ name, given }: ChainCall, look: Look): readonly RawText[] {
  const isOutput = look.roles.outputs.test(name);
  if (/Raw$/.test(name) && name !== 'joinRaw') return asText(given[0], { isOutput: name === 'selectRaw' }, look);
  return given.flatMap((one) => textsBelow(one, { isOutput }, look));
}

function textsBelow(node: TypeScript.Node, place: Pick<RawText, 'isOutput'>, look: Look): readonly RawText[] {
  if (ts.isTaggedTemplateExpression(node)) {
    const isNamed = ts.isPropertyAccessExpression(node.parent);
    if (!/^(sql|knex\.raw)$/.test(node.tag.getText())) return [];
    return asText(node.template, { isOutput: place.isOutput && !isNamed }, look);
  }
  if (ts.isCallExpression(node)) {
    const name = calledName(node) ?? '';
    if (name === 'raw') return asText(node.arguments[0], place, look);
    if (look.isChain(node)) return [];
    if (/Raw$/.test(name)) return asText(node.arguments[0], { isOutput: false }, look);
  }
  const texts: RawText[] = [];
  ts.forEachChild(node, (child) => {
    texts.push(...textsBelow(child, { isOutput: place.isOutput && !ts.isPropertyAssignment(node) }, look));
  });
  return texts;
}

function asText(node: TypeScript.Node | undefined, place: Pick<RawText, 'isOutput'>, look: Look): readonly RawText[] {
  const pieces = piecesOf(node, look);
  return pieces.length === 0 ? [] : [{ ...place, pieces }];
}

function piecesOf(node: TypeScript.Node | undefined, { tree }: Look): readonly Piece[] {
  return (node && literalPieces(node, tree.constants)) ?? [];
}
