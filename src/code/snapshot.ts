import * as z from 'zod';
import { findingSchema } from '#core/finding';

/**
 * Where something stands in a file: path from the root of the tree with slashes, line and column from 1, and offset and
 * length in UTF-16 code units of the file's text, its byte order mark included, so that `text.slice(offset, offset +
 * length)` is the thing itself.
 */
export const placeSchema = z.object({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  offset: z.int().min(0),
  length: z.int().min(0),
});
export type Place = Readonly<z.infer<typeof placeSchema>>;

export const packageManagerNames = ['npm', 'pnpm', 'yarn', 'bun'] as const;
const packageManagerSchema = z.object({
  name: z.enum(packageManagerNames),
  /** As `packageManager` or `devEngines` states it; a hash behind `+` is left out. */
  version: z.string().optional(),
  /** What says so: a file, or a field of package.json. */
  evidence: z.array(z.string()).readonly(),
  lockFile: z.string().optional(),
  /** Format of the lock file in its own words, e.g. `lockfileVersion 3`, `yarn berry 8`. */
  lockFormat: z.string().optional(),
});

export const dependencyGroups = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
] as const;

/** What a registry says of a direct dependency. */
const publishedSchema = z.object({
  /** Newest version that the declared range takes in. */
  inRange: z.string().optional(),
  /** What the tag `latest` names. */
  latest: z.string().optional(),
  /** Published majors above the current one, up to `latest`; prereleases and deprecated majors do not count. */
  majorsBehind: z.int().min(0).optional(),
  /** The registry's own message on the current version. */
  deprecated: z.string().optional(),
});
export type Published = Readonly<z.infer<typeof publishedSchema>>;

const dependencySchema = z.object({
  name: z.string(),
  group: z.enum(dependencyGroups),
  declared: z.string(),
  place: placeSchema,
  /** The package that is meant where `declared` is an alias (`npm:other@1`). */
  alias: z.string().optional(),
  /** The version in node_modules. */
  installed: z.string().optional(),
  /** The version in the lock file. */
  locked: z.string().optional(),
  registry: publishedSchema.optional(),
});
export type Dependency = Readonly<z.infer<typeof dependencySchema>>;

const packageSchema = z.object({
  /** Folder from the root; `.` is the root itself. */
  path: z.string(),
  name: z.string().optional(),
  version: z.string().optional(),
  /** `nested` is a package.json that no workspace takes in; its dependencies are not looked at. */
  kind: z.enum(['root', 'workspace', 'nested']),
  scripts: z.record(z.string(), z.string()),
  dependencies: z.array(dependencySchema).readonly(),
});
export type TreePackage = Readonly<z.infer<typeof packageSchema>>;

const nodeVersionSchema = z.object({
  /** Id of the version place, e.g. `nvmrc`. */
  kind: z.string(),
  value: z.string(),
  place: placeSchema,
  /** Folder of the package of the tree to which the file belongs. */
  in: z.string(),
  /** Why it is only named by an upgrade, and not raised. */
  stays: z.string().optional(),
});
export type NodeVersion = Readonly<z.infer<typeof nodeVersionSchema>>;

const toolingRoles = ['framework', 'bundler', 'test-runner', 'linter', 'language'] as const;
const toolSchema = z.object({
  name: z.string(),
  role: z.enum(toolingRoles),
  package: z.string(),
  /** Package of the tree that depends on it. */
  in: z.string(),
  declared: z.string(),
  installed: z.string().optional(),
  locked: z.string().optional(),
});
export type Tool = Readonly<z.infer<typeof toolSchema>>;
export type ToolingRole = Tool['role'];

const typescriptSchema = z.object({
  file: z.string(),
  /** Files it extends, nearest first; a package's file by its specifier. */
  extends: z.array(z.string()).readonly(),
  /** Compiler options as they come out after `extends`. */
  options: z.record(z.string(), z.json()),
  references: z.array(z.string()).readonly(),
});
export type TypescriptSettings = Readonly<z.infer<typeof typescriptSchema>>;

const deprecatedUseSchema = z.object({
  name: z.string(),
  /** Package that declares it; `(this tree)` for the tree's own, `(language)` for the standard library. */
  package: z.string(),
  place: placeSchema,
  /** Text of the `@deprecated` tag: usually what to use instead. */
  replacement: z.string().optional(),
});
export type DeprecatedUse = Readonly<z.infer<typeof deprecatedUseSchema>>;

export const runtimeWarningSchema = z.object({
  /** e.g. DEP0040 */
  code: z.string().optional(),
  message: z.string(),
  /** First frame that is neither Node's nor in node_modules. */
  place: z.object({ file: z.string(), line: z.int(), column: z.int() }).optional(),
  /** Package whose code raised it, where that is not the tree's own. */
  package: z.string().optional(),
  times: z.int(),
});
export type RuntimeWarning = Readonly<z.infer<typeof runtimeWarningSchema>>;

const testRunSchema = z.object({
  command: z.string(),
  exitCode: z.int().optional(),
  warnings: z.array(runtimeWarningSchema).readonly(),
});
export type TestRun = Readonly<z.infer<typeof testRunSchema>>;

/** Something that the answer is silent about, and why. */
export const unknownSchema = z.object({ what: z.string(), why: z.string() });
export type Unknown = Readonly<z.infer<typeof unknownSchema>>;

/** A working tree as it is now. */
export const treeSnapshotSchema = z.object({
  packageManager: packageManagerSchema.optional(),
  packages: z.array(packageSchema).readonly(),
  nodeVersions: z.array(nodeVersionSchema).readonly(),
  /** The Node that godwit runs on. */
  nodeInUse: z.string(),
  tools: z.array(toolSchema).readonly(),
  typescript: z.array(typescriptSchema).readonly(),
  deprecatedUses: z.array(deprecatedUseSchema).readonly(),
  testRun: testRunSchema.optional(),
  findings: z.array(findingSchema).readonly(),
  unknown: z.array(unknownSchema).readonly(),
});
export type TreeSnapshot = Readonly<z.infer<typeof treeSnapshotSchema>>;
export type PackageManager = NonNullable<TreeSnapshot['packageManager']>;
export type PackageManagerName = PackageManager['name'];
