import { sourceText } from '../../drivers/postgres/sql/source-text.ts';
import { scanTokens, type Token } from '../../drivers/postgres/sql/syntax-tree.ts';

/**
 * The parameters of a PL/pgSQL function that its body puts, unquoted, into a text that it runs with EXECUTE: joined with
 * `||`, by concat(), or by format() with %s. A variable that is run counts with all that is assigned to it. What the
 * scanner cannot read has none.
 */
export function unquotedParts(body: string, parameters: ReadonlySet<string>): readonly string[] {
  const tokens = tokensOf(body);
  const found = new Set<string>();
  for (const [place, token] of tokens.entries()) {
    if (!isExecute(tokens, place) || token === undefined) continue;
    const run = expressionFrom(tokens, place + 1);
    const only = run.length === 1 ? run[0] : undefined;
    const texts = only === undefined ? [run] : [run, ...assignedTo(tokens, only.text)];
    for (const text of texts) for (const name of openIn(text, parameters)) found.add(name);
  }
  return [...found];
}

function tokensOf(body: string): readonly Token[] {
  try {
    return scanTokens(sourceText(body)).filter(({ kind }) => kind !== 'comment');
  } catch {
    // A body that the scanner refuses is refused by the server too, which is another finding.
    return [];
  }
}

/** EXECUTE of PL/pgSQL, not that of CREATE TRIGGER or of a GRANT. */
function isExecute(tokens: readonly Token[], place: number): boolean {
  const next = tokens[place + 1]?.text.toLowerCase();
  if (tokens[place]?.text.toLowerCase() !== 'execute') return false;
  return next !== undefined && !['function', 'procedure', 'on'].includes(next);
}

const enders = [';', 'into', 'using', 'loop'];

function expressionFrom(tokens: readonly Token[], from: number): readonly Token[] {
  const rest = tokens.slice(from);
  const end = rest.findIndex(({ text }) => enders.includes(text.toLowerCase()));
  return end === -1 ? rest : rest.slice(0, end);
}

function assignedTo(tokens: readonly Token[], variable: string): readonly (readonly Token[])[] {
  return tokens.flatMap((token, place) => {
    const operator = tokens[place + 1]?.text;
    if (token.text.toLowerCase() !== variable.toLowerCase() || (operator !== ':=' && operator !== '=')) return [];
    return [expressionFrom(tokens, place + 2)];
  });
}

/** Calls that quote what they are given. */
const quoting = ['quote_ident', 'quote_literal', 'quote_nullable'];
const joining = ['concat', 'concat_ws'];

/** Parameters that stand in a text as they are: not inside a call that quotes or in one that is not known. */
function openIn(text: readonly Token[], parameters: ReadonlySet<string>): readonly string[] {
  const calls: string[] = [];
  const isJoined = text.some(({ text: one }) => one === '||');
  return text.flatMap((token, place) => {
    if (token.text === '(') calls.push(text[place - 1]?.text.toLowerCase() ?? '');
    if (token.text === ')') calls.pop();
    const name = [...parameters].find((one) => one.toLowerCase() === token.text.toLowerCase());
    if (name === undefined || text[place + 1]?.text === '::' || text[place - 1]?.text === '.') return [];
    const call = calls.findLast((one) => /^\w+$/.test(one) && one !== 'execute');
    if (call === undefined) return isJoined || text.length === 1 ? [name] : [];
    if (quoting.includes(call)) return [];
    if (joining.includes(call)) return [name];
    return call === 'format' && isPlainInFormat(text, place) ? [name] : [];
  });
}

/** Is the argument at a place the one that a %s of its format() takes? */
function isPlainInFormat(text: readonly Token[], place: number): boolean {
  const start = text.slice(0, place).findLastIndex(({ text: one }) => one.toLowerCase() === 'format');
  const template = text[start + 2];
  if (template?.kind !== 'string') return false;
  const argument = commasBetween(text, start + 2, place);
  const marks = [...template.text.matchAll(/%(?:(\d+)\$)?-?\d*([sIL%])/g)].filter(([, , kind]) => kind !== '%');
  return marks.some(
    ([, position, kind], at) => kind === 's' && (position === undefined ? at + 1 : Number(position)) === argument,
  );
}

function commasBetween(text: readonly Token[], from: number, to: number): number {
  let depth = 0;
  let count = 0;
  for (const { text: one } of text.slice(from, to)) {
    if (one === '(') depth += 1;
    if (one === ')') depth -= 1;
    if (one === ',' && depth === 0) count += 1;
  }
  return count;
}
