import type { NamedChange } from '#core/named-change';

/** Changes of a column, or of the table itself, by the names that a mapping gives; a name without a schema may be of any. */
export function changesOf(
  changes: readonly NamedChange[],
  { schema, name }: { readonly schema?: string | undefined; readonly name: string },
): readonly { readonly change: NamedChange; readonly index: number }[] {
  const [own, from] = name.includes('.')
    ? [name.slice(name.indexOf('.') + 1), name.slice(0, name.indexOf('.'))]
    : [name, schema];
  return changes
    .map((change, index) => ({ change, index }))
    .filter(({ change: { table } }) => table.name === own && (from === undefined || table.schema === from));
}

/** `fullName` as `full_name`. */
export function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** `full_name` as `fullName`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
