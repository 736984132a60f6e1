import * as z from 'zod';
import { runtimeWarningSchema, unknownSchema } from '../snapshot.ts';
import { badImportSchema } from '../structure/bad-import.ts';
import { lintConfigsSchema } from './lint-config-schema.ts';

export const checkKinds = ['build', 'types', 'lint', 'test'] as const;
/** What is checked; in this order they are run, since types and tests may need what a build makes. */
export type CheckKind = (typeof checkKinds)[number];

const position = { line: z.int().min(1).optional(), column: z.int().min(1).optional() };

const typeProblemSchema = z.object({
  /** From the root of the tree with slashes; undefined for what is about a project as a whole. */
  file: z.string().optional(),
  ...position,
  /** As the compiler says it, e.g. `TS2322`. */
  code: z.string(),
  message: z.string(),
  /** The line of the file, without the space around it: by it the problem is found again when lines move. */
  text: z.string().optional(),
});
export type TypeProblem = Readonly<z.infer<typeof typeProblemSchema>>;

const lintProblemSchema = z.object({
  file: z.string().optional(),
  ...position,
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  text: z.string().optional(),
});
export type LintProblem = Readonly<z.infer<typeof lintProblemSchema>>;

const testOutcomeSchema = z.object({
  file: z.string().optional(),
  /** The whole name, its suites before it, joined by ` > `. */
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'skipped', 'todo']),
  /** The first words of why it failed. */
  message: z.string().optional(),
  /** It failed, and passed when it was run once again. */
  isFlaky: z.literal(true).optional(),
});
export type TestOutcome = Readonly<z.infer<typeof testOutcomeSchema>>;

const checkResultSchema = z.object({
  kind: z.enum(checkKinds),
  /** Folder of the package from the root; `.` is the root. */
  in: z.string(),
  /** What was run, as a user would type it. */
  commands: z.array(z.string()).readonly(),
  tools: z.array(z.string()).readonly(),
  /** `missing`: the program is not there; `timeout`: it was ended at its limit. */
  state: z.enum(['passed', 'failed', 'missing', 'timeout']),
  /** Of the first command that did not end with 0, else 0. */
  exitCode: z.int(),
  /** How long it ran. */
  ms: z.number().min(0),
  /** The last lines that it printed. */
  lastLines: z.array(z.string()).readonly(),
  /** Undefined where only the exit code is known. */
  types: z.array(typeProblemSchema).readonly().optional(),
  lint: z.array(lintProblemSchema).readonly().optional(),
  tests: z.array(testOutcomeSchema).readonly().optional(),
  /** Why only the exit code is known. */
  unreadable: z.string().optional(),
  /** It failed as a whole, and passed when it was run once again. */
  isFlaky: z.literal(true).optional(),
});
export type CheckResult = Readonly<z.infer<typeof checkResultSchema>>;

export const escapeKinds = [
  'any',
  'ts-ignore',
  'ts-expect-error',
  'ts-nocheck',
  'type-ignore',
  'lint-disable',
  'test-skip',
  'test-todo',
  'test-only',
] as const;
export const escapeSchema = z.object({
  kind: z.enum(escapeKinds),
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  /** The line, without the space around it. */
  text: z.string(),
});
/** A place at which the tree's own sources get around a check. */
export type Escape = Readonly<z.infer<typeof escapeSchema>>;

/** Compiler options of a tsconfig that say how strict it is, as they come out after `extends`. */
const strictnessSchema = z.object({ file: z.string(), options: z.record(z.string(), z.boolean()) });
export type Strictness = Readonly<z.infer<typeof strictnessSchema>>;

/** What the gate measured in a tree, at one time. It is stored as a baseline and compared later. */
export const gateMeasurementSchema = z.object({
  version: z.literal(1),
  checks: z.array(checkResultSchema).readonly(),
  escapes: z.array(escapeSchema).readonly(),
  /** The tree's source files, sorted: by them a file that was renamed is told from one that is new. */
  sources: z.array(z.string()).readonly(),
  /** Of each tsconfig; undefined where that was not looked at. */
  strictness: z.array(strictnessSchema).readonly().optional(),
  /** What ESLint makes of sampled files; undefined where no package is linted with it. */
  lintConfigs: z.array(lintConfigsSchema).readonly().optional(),
  /** Imports against the rules of the configuration; undefined where it has none. */
  imports: z.array(badImportSchema).readonly().optional(),
  /** Deprecation warnings of Node during the tests; undefined where they were not collected. */
  warnings: z.array(runtimeWarningSchema).readonly().optional(),
  /** What was not measured, and why. */
  unknown: z.array(unknownSchema).readonly(),
});
export type GateMeasurement = Readonly<z.infer<typeof gateMeasurementSchema>>;
