/** Kinds of objects that a pattern of names may be for. `constraint` is for those of which the kind has none. */
export const nameKinds = [
  'table',
  'column',
  'index',
  'constraint',
  'primary-key',
  'unique',
  'foreign-key',
  'check',
  'view',
  'sequence',
  'schema',
  'type',
  'function',
  'trigger',
] as const;
export type NameKind = (typeof nameKinds)[number];
