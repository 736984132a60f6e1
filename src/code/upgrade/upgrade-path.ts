import * as z from 'zod';
import { findingSchema } from '#core/finding';
import { fileEditsSchema } from '../text/file-edits.ts';

/** One text in one file that names a version, before and after. */
const declaredChangeSchema = z.object({
  /** Path from the root of the tree with slashes. */
  file: z.string(),
  /** Where in the file, for people: `devDependencies`, `catalog`, `catalogs.NAME`, `overrides`. */
  group: z.string(),
  /** The keys that lead to it, from the top of the file. */
  path: z.array(z.string()).readonly(),
  /** Undefined where it is added. */
  from: z.string().optional(),
  to: z.string(),
});
export type DeclaredChange = Readonly<z.infer<typeof declaredChangeSchema>>;

/** One package that moves in a hop. */
const versionChangeSchema = z.object({
  /** As the tree names it; `package` is what is published, where that is another (`npm:` alias). */
  name: z.string(),
  package: z.string().optional(),
  /** The exact version now; undefined where it comes new into the tree. */
  from: z.string().optional(),
  /** The exact version afterwards. */
  to: z.string(),
  declared: z.array(declaredChangeSchema).readonly(),
  /** Why it moves, as a sentence. */
  why: z.string(),
});
export type VersionChange = Readonly<z.infer<typeof versionChangeSchema>>;

/** A demand of a package that the user has taken upon themselves not to heed. */
export const overrideSchema = z.object({
  /** Whose demand is not heeded; undefined where it is everybody's. */
  wanter: z.string().optional(),
  /** The package that is demanded, or `node`. */
  name: z.string(),
  /** The versions of it that are taken to fit. */
  range: z.string(),
  reason: z.string(),
});
export type Override = Readonly<z.infer<typeof overrideSchema>>;

/** An override that a hop needs. */
const appliedOverrideSchema = overrideSchema.extend({
  /** What is not heeded, as a sentence. */
  why: z.string(),
  declared: z.array(declaredChangeSchema).readonly(),
});
export type AppliedOverride = Readonly<z.infer<typeof appliedOverrideSchema>>;

/** Node itself, where a hop raises it. */
export const runtimeChangeSchema = z.object({
  /** The lowest version that a place of the tree names. */
  from: z.string(),
  /** The newest release that the wish allows. */
  to: z.string(),
  /** Every version that the wish allows, as a range. */
  range: z.string(),
  /** The texts that name a version, in the style of each place. */
  files: z.array(fileEditsSchema).readonly(),
});
export type RuntimeChange = Readonly<z.infer<typeof runtimeChangeSchema>>;

/** One step on the way: versions that change together and fit together afterwards. */
export const hopSchema = z.object({
  /** e.g. `hop-1-express-5` */
  id: z.string(),
  /** e.g. `express 4 → 5` */
  title: z.string(),
  lead: z.object({ name: z.string(), from: z.string(), to: z.string() }),
  changes: z.array(versionChangeSchema).readonly(),
  /** Demands that are overridden from this hop on, and the texts by which the package manager is told. */
  overrides: z.array(appliedOverrideSchema).readonly(),
  runtime: runtimeChangeSchema.optional(),
  findings: z.array(findingSchema).readonly(),
});
export type Hop = Readonly<z.infer<typeof hopSchema>>;

/** The way from what is there to what is wished for. */
export const upgradePathSchema = z.object({
  hops: z.array(hopSchema).readonly(),
  findings: z.array(findingSchema).readonly(),
  overrides: z.array(overrideSchema).readonly(),
  /** What was not looked at, and why. */
  unknown: z.array(z.object({ what: z.string(), why: z.string() })).readonly(),
});
export type UpgradePath = Readonly<z.infer<typeof upgradePathSchema>>;
