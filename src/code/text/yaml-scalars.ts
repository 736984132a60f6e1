import { isMap, isScalar, isSeq, type Pair, parseAllDocuments, type Scalar } from 'yaml';
import type { Found } from '../version-place.ts';

/** A value of one line in a YAML text: where it stands, under which keys, and what stands beside it in its mapping. */
export type YamlScalar = Found & {
  /** The keys from the root, `-` for an item of a list, with `/` between. */
  readonly keys: string;
  readonly beside: Texts;
  /** What stands beside that mapping in the one around it. */
  readonly around: Texts;
};

type Texts = Readonly<Record<string, string>>;
type At = { readonly keys: readonly string[]; readonly beside: Texts; readonly around: Texts };

/**
 * Every value of one line, in block and flow style, without its quotes; none where the text is not YAML. A value with an
 * escape in it is left out. Pure.
 */
export function yamlScalars(text: string): readonly YamlScalar[] {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const source = text.slice(mark);
  const found: YamlScalar[] = [];
  const documents = parseAllDocuments(source, { schema: 'failsafe', logLevel: 'silent' });
  for (const { contents, errors } of Array.isArray(documents) ? documents : []) {
    if (errors.length > 0) return [];
    collect(contents, { keys: [], beside: {}, around: {} });
  }
  return found;

  function collect(node: unknown, at: At): void {
    if (isMap(node)) {
      const beside = Object.fromEntries(node.items.flatMap(plainPair));
      for (const { key, value } of node.items)
        collect(value, { keys: [...at.keys, isScalar(key) ? String(key.value) : '?'], beside, around: at.beside });
    } else if (isSeq(node)) {
      for (const item of node.items) collect(item, { ...at, keys: [...at.keys, '-'] });
    } else if (isScalar(node)) {
      const span = spanOf(source, node);
      if (span !== undefined) found.push({ ...at, ...span, offset: span.offset + mark, keys: at.keys.join('/') });
    }
  }
}

function plainPair({ key, value }: Pair): readonly (readonly [string, string])[] {
  return isScalar(key) && isScalar(value) ? [[String(key.value), String(value.value)]] : [];
}

function spanOf(text: string, { range, value, type }: Scalar): Found | undefined {
  if (range == null || !['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'].includes(type ?? '')) return undefined;
  const [start, end] = range;
  const offset = type === 'PLAIN' ? start : start + 1;
  const written = text.slice(offset, type === 'PLAIN' ? end : end - 1);
  return written === value && written !== '' ? { value: written, offset } : undefined;
}
