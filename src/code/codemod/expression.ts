import { StepFault } from './step-fault.ts';

/** A value of an expression. */
export type Value = string | number | boolean | undefined;

/** What names mean: `params.x`, `state.x`, `matrix.x`; undefined for one that is not known. */
export type Lookup = (name: string) => unknown;

const tokens =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<name>[A-Za-z_][\w.-]*)|(?<sign>==|!=|>=|<=|&&|\|\||[-+*/%()!<>]))/y;

type Token = { readonly kind: 'number' | 'text' | 'name' | 'sign'; readonly text: string };

/**
 * The value of an expression as workflows have them: literals, names, arithmetic, comparison, `&&`, `||`, `!`, parentheses.
 * Throws StepFault that shows the expression where it cannot be read or names what is not known.
 */
export function evaluate(expression: string, lookup: Lookup): Value {
  const list = tokensOf(expression);
  const reader: Reader = { list, at: 0, lookup, expression };
  const value = binary(reader, 0);
  if (reader.at < list.length) throw unreadable(expression);
  return value;
}

/** True where a condition holds: `if: params.x == "a"`, with or without `${{ }}` around it. */
export function isTrue(condition: string, lookup: Lookup): boolean {
  const inner = /^\$\{\{(.*)\}\}$/s.exec(condition.trim())?.[1] ?? condition;
  const value = evaluate(inner, lookup);
  return typeof value === 'string'
    ? value !== '' && value !== 'false'
    : value !== undefined && value !== 0 && value !== false;
}

/** A text with every `${{ … }}` replaced by its value; a name alone stands for its text as it is. */
export function interpolate(text: string, lookup: Lookup): string {
  return text.replaceAll(/\$\{\{\s*([^}]+?)\s*\}\}/g, (_, expression: string) => {
    const plain = /^[A-Za-z_][\w.-]*$/.test(expression) ? lookup(expression) : undefined;
    return typeof plain === 'string' ? plain : String(evaluate(expression, lookup) ?? '');
  });
}

function tokensOf(expression: string): readonly Token[] {
  const list: Token[] = [];
  let at = 0;
  while (expression.slice(at).trim() !== '') {
    tokens.lastIndex = at;
    const groups = tokens.exec(expression)?.groups;
    if (groups === undefined) throw unreadable(expression);
    at = tokens.lastIndex;
    for (const kind of ['number', 'text', 'name', 'sign'] as const) {
      const text = groups[kind];
      if (text !== undefined) list.push({ kind, text });
    }
  }
  return list;
}

type Reader = { readonly list: readonly Token[]; at: number; readonly lookup: Lookup; readonly expression: string };

/** Weakest first. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

function binary(reader: Reader, level: number): Value {
  const signs = levels[level];
  if (signs === undefined) return unary(reader);
  let left = binary(reader, level + 1);
  for (
    let token = reader.list[reader.at];
    token?.kind === 'sign' && signs.includes(token.text);
    token = reader.list[reader.at]
  ) {
    reader.at += 1;
    left = combined(token.text, left, binary(reader, level + 1));
  }
  return left;
}

function unary(reader: Reader): Value {
  const token = reader.list[reader.at];
  if (token === undefined) throw unreadable(reader.expression);
  reader.at += 1;
  if (token.kind === 'number') return Number(token.text);
  if (token.kind === 'text') return token.text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  if (token.kind === 'name') return named(reader, token.text);
  if (token.text === '!') return !isSet(unary(reader));
  if (token.text === '-') return -Number(unary(reader));
  if (token.text !== '(') throw unreadable(reader.expression);
  const inner = binary(reader, 0);
  if (reader.list[reader.at]?.text !== ')') throw unreadable(reader.expression);
  reader.at += 1;
  return inner;
}

function named({ lookup, expression }: Reader, name: string): Value {
  if (name === 'true' || name === 'false') return name === 'true';
  const value = lookup(name);
  if (value === undefined) throw new StepFault(`\`${expression.trim()}\` names ${name}, which is not there.`);
  if (value === null) return undefined;
  if (typeof value === 'string') return value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}

function isSet(value: Value): boolean {
  return value !== undefined && value !== false && value !== 0 && value !== '';
}

function combined(sign: string, left: Value, right: Value): Value {
  if (sign === '||') return isSet(left) || isSet(right);
  if (sign === '&&') return isSet(left) && isSet(right);
  if (sign === '==') return left === right;
  if (sign === '!=') return left !== right;
  if (sign === '+')
    return typeof left === 'number' && typeof right === 'number' ? left + right : `${left ?? ''}${right ?? ''}`;
  const [one, other] = [Number(left), Number(right)];
  const results: Readonly<Record<string, Value>> = {
    '<': one < other,
    '>': one > other,
    '<=': one <= other,
    '>=': one >= other,
    '-': one - other,
    '*': one * other,
    '/': one / other,
    '%': one % other,
  };
  return results[sign];
}

function unreadable(expression: string): Error {
  return new StepFault(`The expression \`${expression.trim()}\` cannot be read.`);
}
