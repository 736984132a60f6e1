import * as z from 'zod';

/** What a foreign transform may touch beyond the tree's own files, which it may read and whose changes are staged. */
export const grantsSchema = z.object({
  /** Reads files anywhere on this machine. */
  files: z.boolean(),
  /** Starts other programs, and writes below the target folder, which is a copy then. */
  run: z.boolean(),
  /** Opens connections. */
  network: z.boolean(),
});
export type Grants = Readonly<z.infer<typeof grantsSchema>>;

const overlaySchema = z.array(z.tuple([z.string(), z.string().nullable()])).readonly();

const semanticSchema = z.discriminatedUnion('scope', [
  z.object({ scope: z.literal('file') }),
  /** Absolute folder and absolute source files. */
  z.object({ scope: z.literal('workspace'), root: z.string(), files: z.array(z.string()).readonly() }),
]);
export type Semantic = Readonly<z.infer<typeof semanticSchema>>;

export const startSchema = z.object({
  kind: z.literal('start'),
  /** What the transform is written against; `collect` runs files of tests of jscodeshift only to learn what they test. */
  flavour: z.enum(['jssg', 'jscodeshift', 'collect']),
  /** Absolute path of the transform. */
  script: z.string(),
  /** Absolute folder of the package that the transform is part of. */
  packageFolder: z.string(),
  targetFolder: z.string(),
  language: z.string(),
  params: z.record(z.string(), z.json()),
  matrix: z.record(z.string(), z.json()).optional(),
  state: z.record(z.string(), z.json()),
  semantic: semanticSchema,
  grants: grantsSchema,
  /** Absolute path and text of every file that is not as on disk; null for one that is gone. */
  overlay: overlaySchema,
  /** In a package's own tests `jssgTransform` does nothing, as in the public runner. */
  isTest: z.boolean(),
  isDryRun: z.boolean(),
});
export type Start = Readonly<z.infer<typeof startSchema>>;

/** What is sent to the process that runs a transform. */
export const requestSchema = z.discriminatedUnion('kind', [
  startSchema,
  z.object({ kind: z.literal('file'), filename: z.string(), text: z.string() }),
  z.object({ kind: z.literal('finish') }),
]);
export type Request = Readonly<z.infer<typeof requestSchema>>;

const metricSchema = z.record(
  z.string(),
  z.array(z.object({ cardinality: z.record(z.string(), z.string()), count: z.number() })).readonly(),
);
export type Metrics = Readonly<z.infer<typeof metricSchema>>;

/** What comes back: one answer for each request. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('done'),
    /** New text of the file; undefined where nothing is to change. */
    text: z.string().optional(),
    renamedTo: z.string().optional(),
    /** Other files, by absolute path, as they are to become. */
    others: overlaySchema,
    warnings: z.array(z.string()).readonly(),
  }),
  z.object({ kind: z.literal('failed'), why: z.string(), isWhole: z.boolean() }),
  z.object({ kind: z.literal('finished'), state: z.record(z.string(), z.json()), metrics: metricSchema }),
]);
export type Answer = Readonly<z.infer<typeof answerSchema>>;
