import type { Link, Taken } from './module-shape.ts';

/** How a module writes its imports. */
export type ImportStyle = {
  readonly quote: string;
  readonly end: string;
  readonly line: string;
  readonly indent: string;
};

const widthMax = 100;

/** The style of the imports of a text; of one without imports, that of its first words. Pure. */
export function importStyleOf(text: string, links: readonly Link[]): ImportStyle {
  const [link] = links.filter(({ kind }) => kind !== 'whole');
  const statement = link === undefined ? '' : text.slice(link.start, link.end);
  const quote = link === undefined ? (/\bfrom\s+(["'])/.exec(text)?.[1] ?? "'") : (text[link.offset - 1] ?? "'");
  const end = statement === '' ? (/;\s*$/m.test(text) ? ';' : '') : statement.endsWith(';') ? ';' : '';
  return { quote, end, line: text.includes('\r\n') ? '\r\n' : '\n', indent: /^(\t| +)\S/m.exec(text)?.[1] ?? '  ' };
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
  const head = `${word}${isType ? ' type' : ''}`;
  const defaults = word === 'import' ? taken.filter(({ name }) => name === 'default') : [];
  const wholes = taken.filter(({ name }) => name === '*');
  const named = taken.filter((one) => !defaults.includes(one) && !wholes.includes(one));
  const list = listOf(named, { isType, style, room: widthMax - head.length - from.length - 4 });
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

type Listed = { readonly isType: boolean; readonly style: ImportStyle; readonly room: number };

function listOf(named: readonly Taken[], { isType, style, room }: Listed): string {
  const words = named.map(({ local, name, isType: own }) => {
    const word = local === name ? name : `${name} as ${local}`;
    return `${own && !isType ? 'type ' : ''}${word}`;
  });
  return joined(words, { style, room });
}

function joined(words: readonly string[], { style, room }: Omit<Listed, 'isType'>): string {
  const short = `{ ${words.join(', ')} }`;
  if (short.length <= room) return short;
  return `{${style.line}${words.map((word) => `${style.indent}${word},${style.line}`).join('')}}`;
}
