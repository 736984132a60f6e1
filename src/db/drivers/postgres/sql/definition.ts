import type { Node } from 'libpg-query';
import { assert } from '#core/assert';
import type { QualifiedName } from '../../../schema.ts';
import { quoteName, quoteQualified } from '../quote.ts';
import { printStatement } from './print.ts';
import { type Renames, type Replacement, referencesIn, renamed, renamedTree, replaceAt } from './reference.ts';
import { type SourceText, sourceText } from './source-text.ts';
import { comparable, parseTree, scanTokens, type Token } from './syntax-tree.ts';
import { foldCase, printName } from './type-text.ts';

const opening = 'ALTER TABLE t ADD CONSTRAINT c ';

/**
 * A constraint's definition (what stands after ADD CONSTRAINT name, as pg_get_constraintdef prints it) with columns of
 * its table renamed; `referenced` renames those of the table that a foreign key refers to, and `table` is what that table
 * goes by now. All else stays as written.
 */
export function rewriteConstraintDefinition(
  definition: string,
  renames: Renames,
  referenced: Renames = {},
  table?: QualifiedName,
): string {
  const written = rewritten(opening + definition, renames, referenced);
  const redirected = table === undefined ? written : referringTo(table, written);
  return redirected.slice(opening.length);
}

/** What stands after REFERENCES is replaced; the first name and those that dots join to it. */
function referringTo(table: QualifiedName, text: string): string {
  const words = wordsIn(sourceText(text));
  const first = words.findIndex((_, place) => words[place - 1]?.text.toUpperCase() === 'REFERENCES');
  const beyond = words.findIndex((_, place) => place > first && (place - first) % 2 === 1 && !isDot(words[place]));
  const last = words[(beyond === -1 ? words.length : beyond) - 1];
  const [start, end] = [words[first]?.start, last?.end];
  assert(start !== undefined && end !== undefined, `not a foreign key: ${text}`);
  return replaceAt(text, [{ start, end, text: quoteQualified(table) }]);
}

function isDot(token: Token | undefined): boolean {
  return token?.text === '.';
}

/** What is another in a copy of an index. */
export type IndexRewrite = {
  readonly columns?: Renames;
  readonly name?: string;
  readonly table?: QualifiedName;
  readonly isConcurrent?: boolean;
};

/** CREATE INDEX, as pg_get_indexdef prints it, for other columns, under another name, on another table. */
export function rewriteIndexDefinition(definition: string, rewrite: IndexRewrite): string {
  const written = rewritten(definition, rewrite.columns ?? {}, {});
  const { statements } = parseTree(written);
  const node = statements[0]?.stmt;
  assert(node !== undefined && 'IndexStmt' in node, `not the definition of an index: ${definition}`);
  const words = wordsIn(sourceText(written));
  const on = words.findIndex(({ text }) => text.toUpperCase() === 'ON');
  const index = words.findIndex(({ text }) => text.toUpperCase() === 'INDEX');
  const { name, table, isConcurrent } = rewrite;
  const head: Replacement[] = [];
  if (name !== undefined || (isConcurrent ?? node.IndexStmt.concurrent) !== node.IndexStmt.concurrent) {
    const concurrently = (isConcurrent ?? node.IndexStmt.concurrent) === true ? 'CONCURRENTLY ' : '';
    const kept = node.IndexStmt.idxname === undefined ? '' : quoteName(node.IndexStmt.idxname);
    const text = ` ${concurrently}${name === undefined ? kept : quoteName(name)} `;
    head.push({ start: words[index]?.end ?? 0, end: words[on]?.start ?? 0, text });
  }
  if (table !== undefined) {
    const after = words.findIndex((word, place) => place > on && /^(USING|\()$/i.test(word.text));
    head.push({ start: words[on]?.end ?? 0, end: words[after]?.start ?? 0, text: ` ${quoteQualified(table)} ` });
  }
  return replaceAt(written, head);
}

/** A constraint's definition in one spelling, for comparing. NOT VALID counts. */
export function normalConstraintDefinition(definition: string): string {
  return printStatement(onlyStatement(opening + definition)).slice(opening.length);
}

/** The definition of an index in one spelling, for comparing. */
export function normalIndexDefinition(definition: string): string {
  return printStatement(onlyStatement(definition));
}

function onlyStatement(text: string): Node {
  const { statements } = parseTree(text);
  const node = statements[0]?.stmt;
  assert(node !== undefined && statements.length === 1, `not one statement: ${text}`);
  return node;
}

function rewritten(text: string, renames: Renames, referenced: Renames): string {
  const node = onlyStatement(text);
  const source = sourceText(text);
  const inExpressions = referencesIn(node, source).flatMap(({ names, tokens, hasStar }) => {
    const to = hasStar ? undefined : renamed(renames, names.at(-1));
    const last = tokens.at(-1);
    return to === undefined || last === undefined ? [] : [{ start: last.start, end: last.end, text: printName(to) }];
  });
  const taken = new Set(inExpressions.map(({ start }) => start));
  const inLists = listedNames(wordsIn(source)).flatMap(({ token, isReferenced }) => {
    const to = renamed(isReferenced ? referenced : renames, plainNameOf(token.text));
    if (to === undefined || taken.has(token.start)) return [];
    return [{ start: token.start, end: token.end, text: printName(to) }];
  });
  const result = replaceAt(text, [...inExpressions, ...inLists]);
  const expected = comparable(renamedTree(node, renames, referenced));
  assert(comparable(onlyStatement(result)) === expected, `columns of ${text} came out as ${result}`);
  return result;
}

type Listed = { readonly token: Token; readonly isReferenced: boolean };

/**
 * Names that stand alone at the head of an element of a bracketed list: key columns, INCLUDE, SET NULL (…), and what
 * REFERENCES names. Heads of expressions are references of their own, and storage options are passed over.
 */
function listedNames(words: readonly Token[]): readonly Listed[] {
  const found: Listed[] = [];
  let depth = 0;
  let opener = '';
  let isReferenced = false;
  for (const [place, token] of words.entries()) {
    const before = words[place - 1]?.text.toUpperCase() ?? '';
    if (depth === 0 && before === 'REFERENCES') isReferenced = true;
    if (token.text === '(' || token.text === '[') {
      depth += 1;
      if (depth === 1) opener = before;
      if (depth === 1 && ['NULL', 'DEFAULT'].includes(opener)) isReferenced = false;
    } else if (token.text === ')' || token.text === ']') {
      depth -= 1;
    } else if (depth === 1 && /^[(,]$/.test(before) && !['CHECK', 'WITH', 'WHERE'].includes(opener)) {
      const next = words[place + 1]?.text ?? '';
      if (next !== '.' && next !== '(') found.push({ token, isReferenced });
    }
  }
  return found;
}

/** The name that a token spells: folded to lower case, or as it stands in quotes. */
function plainNameOf(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : foldCase(text);
}

function wordsIn(source: SourceText): readonly Token[] {
  return scanTokens(source).filter(({ kind }) => kind !== 'comment');
}
