import type { Node } from 'libpg-query';
import { sourceText } from '../../drivers/postgres/sql/source-text.ts';
import { parseQuickly } from '../../drivers/postgres/sql/syntax-tree.ts';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { Catalog, FunctionBody } from '../catalog/catalog.ts';
import type { LintStatement } from '../unit.ts';
import { readBody } from './read-body.ts';

/** The code that a statement runs: that of a DO block, or of functions of these migrations that it calls. */
export type CalledBody = FunctionBody & { readonly within: 'do' | 'function' };

/** Bodies that a statement runs, in the order in which it names them. */
export function bodiesOf(node: Node, catalog: Catalog): readonly CalledBody[] {
  if ('DoStmt' in node) {
    const options = (node.DoStmt.args ?? []).flatMap((arg) => ('DefElem' in arg ? [arg.DefElem] : []));
    const said = (name: string) => options.find(({ defname }) => defname === name)?.arg;
    const [language, text] = [said('language'), said('as')].map((arg) =>
      arg !== undefined && 'String' in arg ? arg.String.sval : undefined,
    );
    return [{ language: language ?? 'plpgsql', text: text ?? '', statement: 'DO', within: 'do' }];
  }
  if (!('SelectStmt' in node) && !('CallStmt' in node)) return [];
  if (catalog.bodies.size === 0) return [];
  // The call of CALL is no wrapped node.
  const tree = 'CallStmt' in node ? [{ FuncCall: node.CallStmt.funccall }] : node;
  return [...nodesIn(tree)].flatMap((inner) => {
    const names = 'FuncCall' in inner ? stringsOf(inner.FuncCall.funcname) : [];
    const body = catalog.bodies.get(names.join('.')) ?? catalog.bodies.get(names.at(-1) ?? '');
    return body === undefined ? [] : [{ ...body, within: 'function' as const }];
  });
}

/** A function may call a function; nobody nests them deeper. */
const depthMax = 5;

/**
 * The statements of the bodies that a statement runs, each with its place in the file where it can be found there, else
 * with that of the statement. What is built at run time is not among them.
 */
export function innerStatements(
  outer: LintStatement,
  context: { readonly catalog: Catalog; readonly text: string },
  depth = 0,
): readonly LintStatement[] {
  if (depth >= depthMax) return [];
  return bodiesOf(outer.node, context.catalog).flatMap((body) => {
    const pieces = body.language === 'plpgsql' ? readBody(body.text, body.create) : sqlPieces(body);
    if (pieces === undefined) return [];
    const base = body.within === 'do' ? placeOfBody(body.text, outer, context.text) : undefined;
    const hasCommit = pieces.some(({ kind }) => kind === 'commit');
    let cursor = 0;
    let commits = 0;
    return pieces.flatMap((piece): readonly LintStatement[] => {
      if (piece.kind === 'commit') commits += 1;
      if (piece.kind !== 'sql') return [];
      const found = base === undefined ? -1 : body.text.indexOf(piece.text, cursor);
      if (found !== -1) cursor = found + piece.text.length;
      const place = base === undefined || found === -1 ? undefined : base + found;
      const inner = statementsIn(piece.text, {
        outer,
        place,
        within: body.within,
        commits,
        isLooped: piece.isLooped && !hasCommit,
      });
      return inner.flatMap((one) => [one, ...innerStatements(one, context, depth + 1)]);
    });
  });
}

function sqlPieces({ language, text }: FunctionBody) {
  return language === 'sql' ? [{ kind: 'sql' as const, text, isLooped: false, isRetried: false }] : undefined;
}

/** Where a body begins in the file, or undefined where quotes are doubled in it so that offsets do not hold. */
function placeOfBody(body: string, { start, end }: LintStatement, text: string): number | undefined {
  const at = text.slice(start, end).indexOf(body);
  return at === -1 ? undefined : start + at;
}

type Inner = {
  readonly outer: LintStatement;
  readonly place: number | undefined;
  readonly within: 'do' | 'function';
  readonly commits: number;
  readonly isLooped: boolean;
};

function statementsIn(text: string, { outer, place, within, commits, isLooped }: Inner): readonly LintStatement[] {
  const parsed = parseQuickly(text);
  if (!('statements' in parsed)) return [];
  const source = sourceText(text);
  // A COMMIT in a body ends a transaction as one outside does; fractions keep them apart from the numbers outside.
  const transaction = outer.transaction + commits / 1_000;
  return parsed.statements.flatMap(({ stmt, stmt_location = 0, stmt_len }): readonly LintStatement[] => {
    if (stmt === undefined) return [];
    const shared = {
      node: stmt,
      transaction,
      isInTransaction: outer.isInTransaction || commits === 0,
      within,
      isLooped,
      isManaged: false,
      isAlone: false,
    };
    if (place === undefined) return [{ ...shared, start: outer.start, end: outer.end, indexAtByte: () => outer.start }];
    const from = source.indexAtByte(stmt_location);
    const to = stmt_len === undefined ? text.length : source.indexAtByte(stmt_location + stmt_len);
    const lead = text.slice(from, to).length - text.slice(from, to).trimStart().length;
    const end = place + from + text.slice(from, to).trimEnd().length;
    return [{ ...shared, start: place + from + lead, end, indexAtByte: (byte) => place + source.indexAtByte(byte) }];
  });
}
