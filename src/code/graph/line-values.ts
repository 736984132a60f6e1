/** A text of a file that is read line by line, with the names that lead to it. */
export type LineValue = { readonly way: readonly string[]; readonly text: string; readonly offset: number };

/** The name under which the lines stand that a Makefile runs. */
export const recipe = 'recipe';

/** Texts of TOML, of a Makefile and of properties, each where it stands; nothing of other files. Pure. */
export function lineValues(path: string, text: string): readonly LineValue[] {
  if (/\.toml$/.test(path)) return tomlValues(text);
  if (/(^|\/)(GNUm|[mM])akefile$|\.mk$/.test(path)) return makeValues(text);
  return /\.properties$/.test(path) ? propertyValues(text) : [];
}

const tomlHead = /^\s*\[+\s*([^\]\n]+?)\s*\]+/;
const tomlKey = /^\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*=/;
/** A key of an inline table, or a string; comments and texts of many lines are taken whole, so that nothing in them counts. */
const tomlPart = /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|([\w-]+)\s*=|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|[[\]{}]|\n/g;

/** Strings of TOML by table and key: https://toml.io/en/v1.0.0 */
function tomlValues(text: string): readonly LineValue[] {
  const found: LineValue[] = [];
  let table: readonly string[] = [];
  let from = 0;
  while (from < text.length) {
    const next = text.indexOf('\n', from);
    const end = next === -1 ? text.length : next + 1;
    const line = text.slice(from, end);
    const head = tomlHead.exec(line)?.[1];
    const key = tomlKey.exec(line);
    if (head !== undefined) table = keysOf(head);
    if (head !== undefined || key === null) from = end;
    else from = tomlValue(text, { way: [...table, ...keysOf(key[1] ?? '')], from: from + key[0].length }, found);
  }
  return found;
}

type Begun = { readonly way: readonly string[]; readonly from: number };

/** Takes the strings of one value, with all its lines; answers where it ends. */
function tomlValue(text: string, { way, from }: Begun, found: LineValue[]): number {
  let depth = 0;
  let inner: readonly string[] = [];
  for (const match of text.slice(from).matchAll(tomlPart)) {
    const [part, key, double, single] = match;
    const at = from + match.index;
    if (part === '\n' && depth === 0) return at + 1;
    if (part === '[' || part === '{') depth += 1;
    if (part === ']' || part === '}') depth -= 1;
    if (key !== undefined) inner = [key];
    const string = double ?? single;
    if (string !== undefined && !string.includes('\\'))
      found.push({ way: [...way, ...inner], text: string, offset: at + 1 });
  }
  return text.length;
}

function keysOf(dotted: string): readonly string[] {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, one, two, three]) => one ?? two ?? three ?? '');
}

/** What a Makefile puts in is not known: it reads as a word that is no path. */
const reference = /\$(\([^()\s]*\)|\{[^{}\s]*\}|[@<^*?%+])\S*/g;

/**
 * Lines of recipes, each of which a shell runs by itself, and words of assignments and prerequisites:
 * https://www.gnu.org/software/make/manual/html_node/Execution.html
 */
function makeValues(text: string): readonly LineValue[] {
  const known = text.replaceAll(reference, (match) => '$'.repeat(match.length));
  return [...known.matchAll(/^(?:[^\n\\]|\\[\s\S])*$/gm)].flatMap(({ 0: line, index }): readonly LineValue[] => {
    const run = /^\t[@+\s-]*/.exec(line)?.[0];
    if (run !== undefined) return [{ way: [recipe], text: line.slice(run.length), offset: index + run.length }];
    const named =
      /^(?:export\s+|override\s+)?([\w.-]+)\s*(?:[:?+]{0,3}=)/.exec(line) ?? /^([^\s:=#][^:=#\n]*):(?!=)/.exec(line);
    return named === null ? [] : wordsIn(line, { way: [named[1] ?? ''], from: named[0].length, at: index });
  });
}

function wordsIn(
  line: string,
  { way, from, at }: { readonly way: readonly string[]; readonly from: number; readonly at: number },
): readonly LineValue[] {
  const rest = line.slice(from).replace(/(^|\s)#.*$/s, '');
  return [...rest.matchAll(/[^\s\\]+/g)].map((match) => ({ way, text: match[0], offset: at + from + match.index }));
}

/** Keys with values, of which a comma parts several: https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html */
function propertyValues(text: string): readonly LineValue[] {
  return [...text.matchAll(/^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*([^\n\r]*)/gm)].flatMap((match) => {
    const [line, key = '', value = ''] = match;
    const start = match.index + line.length - value.length;
    return [...value.matchAll(/[^,\s]+/g)].map((one) => ({
      way: key.split('.'),
      text: one[0],
      offset: start + one.index,
    }));
  });
}
