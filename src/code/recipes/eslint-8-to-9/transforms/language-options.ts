import { keyOf, literalOf, propertyOf } from '../../../engine/literals.ts';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { parserOf } from '../reading/readable.ts';

/** Keys of the old format that say something of the language. */
const oldKeys = new Set(['parserOptions', 'parser', 'env', 'globals']);

/** Why an object in the old format cannot be written in the new one. */
export type NotFlat = { readonly node: ts.Node; readonly why: string };

/**
 * Edits that put what an object of the old format says of the language into `languageOptions`, in the place of the first
 * of these properties; undefined where it says nothing.
 */
export function flattened(
  object: ts.ObjectLiteralExpression,
  form: 'module' | 'commonjs',
): readonly TextEdit[] | NotFlat | undefined {
  const old = object.properties.filter((property) => oldKeys.has(keyOf(property) ?? ''));
  const [first] = old;
  if (first === undefined) return undefined;
  if (object.properties.some((property) => keyOf(property) === 'languageOptions')) return undefined;
  const parts: string[] = [];
  for (const property of old) {
    const value = propertyOf(object, keyOf(property) ?? '');
    if (value === undefined) return { node: property, why: 'it is computed' };
    const made = partOf(keyOf(property) ?? '', value, form);
    if (!Array.isArray(made)) return { node: property, why: String(made) };
    parts.push(...made);
  }
  const style = first.getText().includes('\n') ? 'lines' : 'line';
  const indent =
    /[ \t]*$/.exec(object.getSourceFile().text.slice(0, first.getStart()).split('\n').at(-1) ?? '')?.[0] ?? '';
  const inner =
    style === 'line'
      ? `{ ${parts.join(', ')} }`
      : `{\n${parts.map((part) => `${indent}  ${part},`).join('\n')}\n${indent}}`;
  const text = parts.length === 0 ? '' : `languageOptions: ${inner}`;
  const others = old.slice(1);
  if (text === '') return old.map((property) => withoutProperty(object, property));
  return [
    { offset: first.getStart(), length: first.getEnd() - first.getStart(), text },
    ...others.map((property) => withoutProperty(object, property)),
  ];
}

function partOf(key: string, value: ts.Expression, form: 'module' | 'commonjs'): readonly string[] | string {
  if (key === 'globals') return [`globals: ${value.getText()}`];
  if (key === 'parser') {
    const module = parserOf(value);
    if (module === undefined) return 'its parser is computed';
    return form === 'commonjs' ? [`parser: require(${JSON.stringify(module)})`] : 'its parser has to be imported';
  }
  if (key === 'env') {
    const env = literalOf(value);
    const names = typeof env === 'object' && env !== null ? Object.keys(env) : [''];
    const years = names.map((name) => (name === 'es6' ? '2015' : /^es(20\d\d)$/.exec(name)?.[1]));
    return years.includes(undefined) ? 'its environments have to become globals' : [];
  }
  if (!ts.isObjectLiteralExpression(value)) return 'its `parserOptions` are computed';
  const own = value.properties.filter((property) => ['ecmaVersion', 'sourceType'].includes(keyOf(property) ?? ''));
  const rest = value.properties.filter((property) => !own.includes(property));
  return [
    ...own.map((property) => property.getText()),
    ...(rest.length === 0 ? [] : [`parserOptions: { ${rest.map((property) => property.getText()).join(', ')} }`]),
  ];
}

/** Takes a property away, with the comma that it needs. */
export function withoutProperty(object: ts.ObjectLiteralExpression, property: ts.ObjectLiteralElementLike): TextEdit {
  const file = object.getSourceFile().text;
  const after = /^\s*,/.exec(file.slice(property.getEnd()))?.[0].length ?? 0;
  const before = object.properties[object.properties.indexOf(property) - 1];
  const start = after === 0 && before !== undefined ? before.getEnd() : property.getFullStart();
  return { offset: start, length: property.getEnd() + after - start, text: '' };
}
