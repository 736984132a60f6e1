import type { CreateFunctionStmt } from 'libpg-query';
import { deparse, parsePlpgsql, parseQuickly } from '../../drivers/postgres/sql/syntax-tree.ts';

/** What stands in a PL/pgSQL body, in the order of the text. */
export type BodyPiece =
  /** A statement. */
  | ({ readonly kind: 'sql'; readonly text: string } & Around)
  /** EXECUTE of an expression that is not a plain text. */
  | ({ readonly kind: 'dynamic'; readonly text: string } & Around)
  | { readonly kind: 'commit' };

/** `isLooped`: it may run any number of times. `isRetried`: in a block with EXCEPTION in a loop that has no bound. */
export type Around = { readonly isLooped: boolean; readonly isRetried: boolean };

/**
 * The pieces of a PL/pgSQL body, or undefined where its parser cannot read it. It reads RETURN and the names of
 * parameters only where `create` tells it of them.
 */
export function readBody(body: string, create?: CreateFunctionStmt): readonly BodyPiece[] | undefined {
  if (body !== last?.body || create !== last.create) last = { body, create, pieces: piecesOf(body, create) };
  return last.pieces;
}

/** Several rules look at a body one after the other. */
let last:
  | {
      readonly body: string;
      readonly create: CreateFunctionStmt | undefined;
      readonly pieces: readonly BodyPiece[] | undefined;
    }
  | undefined;

function piecesOf(body: string, create: CreateFunctionStmt | undefined): readonly BodyPiece[] | undefined {
  const whole = create === undefined ? undefined : deparse({ CreateFunctionStmt: create });
  const tree = (whole === undefined ? undefined : parsePlpgsql(whole)) ?? parsePlpgsql(alone(body));
  return tree === undefined ? undefined : [...piecesIn(tree)];
}

function alone(body: string): string {
  const quote = `$godwit${body.length}$`;
  return `CREATE FUNCTION godwit_body() RETURNS void LANGUAGE plpgsql AS ${quote}${body}${quote}`;
}

type Waiting = { readonly value: unknown; readonly around: Around & { readonly isUnbounded: boolean } };

/** Iterative, as bodies nest as deep as people write them. */
function* piecesIn(tree: unknown): Generator<BodyPiece> {
  const waiting: Waiting[] = [{ value: tree, around: { isLooped: false, isRetried: false, isUnbounded: false } }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, around } = next;
    if (typeof value !== 'object' || value === null) continue;
    const [key, only] = onlyEntry(value);
    const piece = key === undefined ? undefined : pieceOf(key, only, around);
    if (piece !== undefined) yield piece;
    const inside = key === undefined ? around : within(key, only, around);
    const children: unknown[] = Object.values(value);
    for (const child of children.toReversed()) waiting.push({ value: child, around: inside });
  }
}

function within(key: string, value: unknown, around: Waiting['around']): Waiting['around'] {
  if (key === 'PLpgSQL_stmt_block') {
    return { ...around, isRetried: around.isUnbounded && fieldOf(value, 'exceptions') !== undefined };
  }
  const loop = /^PLpgSQL_stmt_(loop|while|fori|fors|forc|foreach_a|dynfors)$/.exec(key)?.[1];
  if (loop === undefined) return around;
  // How often these two run stands in the text, as a rule.
  const isLooped = around.isLooped || (loop !== 'fori' && loop !== 'foreach_a');
  return { isLooped, isRetried: false, isUnbounded: loop === 'loop' || loop === 'while' };
}

function onlyEntry(value: object): readonly [string | undefined, unknown] {
  const [entry, ...others] = Object.entries(value);
  return entry !== undefined && others.length === 0 ? entry : [undefined, undefined];
}

function pieceOf(key: string, value: unknown, around: Around): BodyPiece | undefined {
  switch (key) {
    case 'PLpgSQL_stmt_execsql':
      return sqlPiece(queryIn(value, 'sqlstmt'), around);
    case 'PLpgSQL_stmt_perform':
    case 'PLpgSQL_stmt_call':
      return sqlPiece(queryIn(value, 'expr'), around);
    case 'PLpgSQL_stmt_fors':
      return sqlPiece(queryIn(value, 'query'), around);
    case 'PLpgSQL_stmt_dynexecute':
    case 'PLpgSQL_stmt_dynfors':
      return dynamicPiece(queryIn(value, 'query'), around);
    case 'PLpgSQL_stmt_commit':
    case 'PLpgSQL_stmt_rollback':
      return { kind: 'commit' };
  }
  return undefined;
}

function queryIn(value: unknown, key: string): string | undefined {
  const expression = fieldOf(fieldOf(value, key), 'PLpgSQL_expr');
  const query = fieldOf(expression, 'query');
  return typeof query === 'string' ? query : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}

function sqlPiece(text: string | undefined, around: Around): BodyPiece | undefined {
  return text === undefined ? undefined : { kind: 'sql', text, ...onlyAround(around) };
}

/** EXECUTE of a plain text is the statement in it. */
function dynamicPiece(text: string | undefined, around: Around): BodyPiece | undefined {
  if (text === undefined) return undefined;
  const constant = constantText(text);
  return constant === undefined
    ? { kind: 'dynamic', text, ...onlyAround(around) }
    : { kind: 'sql', text: constant, ...onlyAround(around) };
}

function onlyAround({ isLooped, isRetried }: Around): Around {
  return { isLooped, isRetried };
}

function constantText(expression: string): string | undefined {
  const parsed = parseQuickly(`SELECT ${expression}`);
  const node = 'statements' in parsed ? parsed.statements[0]?.stmt : undefined;
  if (node === undefined || !('SelectStmt' in node)) return undefined;
  const [target] = node.SelectStmt.targetList ?? [];
  const value = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return value !== undefined && 'A_Const' in value ? value.A_Const.sval?.sval : undefined;
}
