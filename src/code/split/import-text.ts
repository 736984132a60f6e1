import type { Link, Taken } from './module-shape.ts';

/** How a module writes its imports. */
export type ImportStyle = {
  readonly quote: string;
  readonly end: string;
  readonly line: string;
  readonly indent: string;
  /** What stands inside of the braces of a list on one line: a space, or nothing. */
  readonly padding: string;
  /** What stands behind the last name of a list on several lines. */
  readonly lastComma: string;
  /** From how many names on every list goes over several lines; undefined where only its width says so. */
  readonly perLineFrom: number | undefined;
  /** Types are marked one by one, `{ type A }`, where nothing else is taken. */
  readonly marksEach: boolean;
};

const widthMax = 100;

/** The style of the imports of a text; of one without imports, that of its first words. Pure. */
export function importStyleOf(text: string, links: readonly Link[]): ImportStyle {
  const taking = links.filter(({ kind }) => kind !== 'whole');
  const statements = taking.map(({ start, end }) => text.slice(start, end));
  const [link] = taking;
  const [statement = ''] = statements;
  const quote = link === undefined ? (/\bfrom\s+(["'])/.exec(text)?.[1] ?? "'") : (text[link.offset - 1] ?? "'");
  const end = statement === '' ? (/;\s*$/m.test(text) ? ';' : '') : statement.endsWith(';') ? ';' : '';
  return {
    quote,
    end,
    line: text.includes('\r\n') ? '\r\n' : '\n',
    indent: /^(\t| +)\S/m.exec(text)?.[1] ?? '  ',
    ...listStyle(statements),
  };
}

type ListStyle = Pick<ImportStyle, 'padding' | 'lastComma' | 'perLineFrom' | 'marksEach'>;

/** How the statements of a module write their lists of names. */
function listStyle(statements: readonly string[]): ListStyle {
  const lists = statements.flatMap(listIn);
  const short = lists.filter((list) => !list.includes('\n'));
  const long = lists.filter((list) => list.includes('\n'));
  const sizeOf = (list: string): number => wordsOf(list).length;
  const widest = Math.max(0, ...short.map(sizeOf));
  // Lists that would have had room on a line, and all that are longer than those that have one.
  const from = Math.min(...long.filter((list) => list.replaceAll(/\s+/g, ' ').length < 50).map(sizeOf));
  const each = statements.filter((one) => /^import\s*\{/.test(one) && listIn(one).every(isOfTypes)).length;
  const whole = statements.filter((one) => /^import\s+type\b/.test(one)).length;
  return {
    padding: /^\S/.test(short[0] ?? '') ? '' : ' ',
    lastComma: long.length > 0 && long.every((list) => !/,\s*$/.test(list)) ? '' : ',',
    perLineFrom: Number.isFinite(from) && from > widest ? from : undefined,
    marksEach: each > whole,
  };
}

function listIn(statement: string): readonly string[] {
  return /\{([^}]*)\}/.exec(statement)?.slice(1) ?? [];
}

function wordsOf(list: string): readonly string[] {
  return list.split(',').filter((word) => word.trim() !== '');
}

function isOfTypes(list: string): boolean {
  const words = wordsOf(list);
  return words.length > 0 && words.every((word) => /^\s*type\s/.test(word));
}

export type ImportWanted = {
  readonly word: 'import' | 'export';
  readonly isType: boolean;
  readonly specifier: string;
  readonly taken: readonly Taken[];
};

/** The statements that take or pass on names; several where one cannot say all of them. Pure. */
export function importTexts({ word, isType, specifier, taken }: ImportWanted, style: ImportStyle): readonly string[] {
  const from = `from ${style.quote}${specifier}${style.quote}${style.end}`;
  const isMarked =
    isType && style.marksEach && word === 'import' && taken.every(({ name }) => !/^(default|\*)$/.test(name));
  const head = `${word}${isType && !isMarked ? ' type' : ''}`;
  const defaults = word === 'import' ? taken.filter(({ name }) => name === 'default') : [];
  const wholes = taken.filter(({ name }) => name === '*');
  const named = taken.filter((one) => !defaults.includes(one) && !wholes.includes(one));
  const list = listOf(named, { isType, isMarked, style, room: widthMax - head.length - from.length - 4 });
  const alone = wholes.map(({ local }) => `${head} *${local === '*' ? '' : ` as ${local}`} ${from}`);
  const first = defaults.map(({ local }) => local);
  if (isType) {
    return [
      ...first.map((local) => `${head} ${local} ${from}`),
      ...alone,
      ...(named.length === 0 ? [] : [`${head} ${list} ${from}`]),
    ];
  }
  if (wholes.length === 1 && named.length === 0 && first.length > 0)
    return [`${head} ${first.join()}, * as ${wholes[0]?.local ?? ''} ${from}`];
  const parts = [...first, ...(named.length === 0 ? [] : [list])];
  return [...alone, ...(parts.length === 0 ? [] : [`${head} ${parts.join(', ')} ${from}`])];
}

type Listed = {
  readonly isType: boolean;
  readonly isMarked: boolean;
  readonly style: ImportStyle;
  readonly room: number;
};

function listOf(named: readonly Taken[], { isType, isMarked, style, room }: Listed): string {
  const words = named.map(({ local, name, isType: own }) => {
    const word = local === name ? name : `${name} as ${local}`;
    return `${isMarked || (own && !isType) ? 'type ' : ''}${word}`;
  });
  return joined(words, { style, room });
}

function joined(words: readonly string[], { style, room }: Pick<Listed, 'style' | 'room'>): string {
  const { line, indent, padding, lastComma, perLineFrom } = style;
  const short = `{${padding}${words.join(', ')}${padding}}`;
  if (short.length <= room && words.length < (perLineFrom ?? Number.POSITIVE_INFINITY)) return short;
  return `{${line}${words.map((word) => indent + word).join(`,${line}`)}${lastComma}${line}}`;
}
