import type { SgNode } from '@ast-grep/napi';
import { declarationOf } from '../../../engine/scope.ts';
import { indentOf } from '../reading/places.ts';

/** A default of a prop. */
export type DefaultValue = {
  readonly key: string;
  /** As it stands at the parameter. */
  readonly text: string;
  /** A constant that must be declared for it, so that it is the same at each rendering. */
  readonly constant: { readonly name: string; readonly value: string } | undefined;
  /** True where the constant needs names that are declared behind the component. */
  readonly isLate: boolean;
};

const plainKinds = new Set(['number', 'string', 'true', 'false', 'null', 'undefined', 'regex']);

/**
 * The defaults that an object literal holds. Undefined where one of its entries cannot be read for certain: a spread, a
 * computed key, a method.
 */
export function defaultValuesOf(
  object: SgNode,
  {
    component,
    statement,
    bound,
  }: { readonly component: string; readonly statement: SgNode; readonly bound: ReadonlySet<string> },
): readonly DefaultValue[] | undefined {
  const values: DefaultValue[] = [];
  for (const entry of object.namedChildren()) {
    if (entry.kind() === 'comment') continue;
    if (entry.kind() === 'shorthand_property_identifier') {
      if (bound.has(entry.text())) return undefined;
      values.push({ key: entry.text(), text: entry.text(), constant: undefined, isLate: false });
      continue;
    }
    const [key, value] = [entry.field('key'), entry.field('value')];
    if (entry.kind() !== 'pair' || key === null || value === null || key.kind() === 'computed_property_name')
      return undefined;
    const name = key.text().replaceAll(/^['"]|['"]$/g, '');
    values.push(defaultValueOf(name, value, { component, statement, bound }));
  }
  return values;
}

function defaultValueOf(
  key: string,
  value: SgNode,
  {
    component,
    statement,
    bound,
  }: { readonly component: string; readonly statement: SgNode; readonly bound: ReadonlySet<string> },
): DefaultValue {
  if (isPlain(value, bound)) return { key, text: value.text(), constant: undefined, isLate: false };
  const name = `${lower(component)}DefaultProp${upper(key.replaceAll(/[^\p{ID_Continue}$]/gu, ''))}`;
  const indent = indentOf(value.parent() ?? value);
  const text = value.text().replaceAll(new RegExp(`(\\r?\\n)${indent}`, 'g'), '$1');
  return { key, text: name, constant: { name, value: text }, isLate: needsLater(value, statement) };
}

function isPlain(value: SgNode, bound: ReadonlySet<string>): boolean {
  const kind = String(value.kind());
  if (plainKinds.has(kind)) return true;
  if (kind === 'template_string') return value.find({ rule: { kind: 'template_substitution' } }) === null;
  if (kind === 'unary_expression') return value.field('argument')?.kind() === 'number';
  if (kind === 'identifier') return !bound.has(value.text());
  if (kind === 'member_expression') {
    const object = value.field('object');
    return object !== null && (object.is('identifier') || object.is('member_expression')) && isPlain(object, bound);
  }
  return false;
}

/** A constant before the component cannot use what is declared only behind it. */
function needsLater(value: SgNode, statement: SgNode): boolean {
  const start = statement.range().start.index;
  return value.findAll({ rule: { kind: 'identifier' } }).some((node) => {
    const declared = declarationOf(node);
    const isWithin = declared?.ancestors().some((one) => one.id() === value.id()) === true;
    return declared !== undefined && !isWithin && declared.range().start.index > start;
  });
}

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function upper(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
