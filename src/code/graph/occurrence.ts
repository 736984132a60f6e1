/**
 * How a place names a file. Those of `moduleKinds` are resolved as modules are; `url`, `reference`, `css-url` and
 * `asset` are paths from the file itself; `css-import` and `css-composes` follow the rules of style sheets; `glob` and
 * `computed` reach what only a bundler or the running program can tell; `configured` stands in package.json, tsconfig and
 * the configuration of tools.
 */
export type OccurrenceKind =
  | ModuleKind
  | 'url'
  | 'reference'
  | 'css-import'
  | 'css-url'
  | 'css-composes'
  | 'asset'
  | 'glob'
  | 'computed'
  | 'configured';

/** `import-call` is `import(…)`, as an expression and as a type; `mock` is `jest.mock`, `vi.importActual` and the like. */
export const moduleKinds = [
  'import',
  'export',
  'import-call',
  'require',
  'require-resolve',
  'import-meta-resolve',
  'mock',
  'augmentation',
  'jsdoc',
] as const;
export type ModuleKind = (typeof moduleKinds)[number];

/** One specifier where it stands: its text without quotes, in UTF-16 code units of the file's text, mark included. */
export type Occurrence = {
  readonly kind: OccurrenceKind;
  readonly specifier: string;
  readonly offset: number;
  readonly length: number;
};

/** Calls of `jest` and `vi` whose first argument is a module. */
export const mockCalls: ReadonlySet<string> = new Set([
  'mock',
  'unmock',
  'doMock',
  'dontMock',
  'doUnmock',
  'deepUnmock',
  'setMock',
  'requireActual',
  'requireMock',
  'importActual',
  'importMock',
  'createMockFromModule',
  'genMockFromModule',
  'unstable_mockModule',
  'unstable_unmockModule',
]);

const isModuleKindOf: ReadonlySet<string> = new Set(moduleKinds);

/** True for a kind that is resolved as modules are. */
export function isModuleKind(kind: OccurrenceKind): kind is ModuleKind {
  return isModuleKindOf.has(kind);
}
