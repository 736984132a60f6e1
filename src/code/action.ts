import * as z from 'zod';
import { escapeSchema } from './gate/measurement.ts';
import { fileEditsSchema } from './text/file-edits.ts';
import { allParts } from './tree/part-of.ts';
import { hopSchema } from './upgrade/upgrade-path.ts';

/** Puts the work on a branch of its own, and keeps what git does not track. */
export const startSchema = z.object({
  kind: z.literal('code/start'),
  /** Paths at which the plan puts files: nothing that git does not track may stand there. */
  fresh: z.array(z.string()).readonly().optional(),
});
/** Back to where the work began: branch, untracked files. */
export const returnSchema = z.object({ kind: z.literal('code/return') });

/** Writes edits that are known beforehand, and commits them. */
export const editsSchema = z.object({
  kind: z.literal('code/edits'),
  message: z.string(),
  files: z.array(fileEditsSchema).readonly(),
  /** The same as a unified diff, for reading; cut where it is long. */
  diff: z.string().optional(),
});
/** Moves files, makes edits in them and in others, and commits all of it, so that git sees the moves as renames. */
export const moveSchema = z.object({
  kind: z.literal('code/move'),
  message: z.string(),
  moves: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  /** By the paths and offsets of before. */
  files: z.array(fileEditsSchema).readonly(),
  /** Packages of the workspace that go as a whole, by their folders: what the lock file says is installed after that. */
  members: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .readonly()
    .optional(),
  /** The same as a unified diff, for reading; cut where it is long. */
  diff: z.string(),
});
/** Writes what a recipe made of the tree when the plan was made, byte for byte, and commits it. */
export const changesSchema = z.object({
  kind: z.literal('code/changes'),
  message: z.string(),
  /** Undefined where no recipe made them. */
  recipe: z.string().optional(),
  /** Files that get another name. */
  moves: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  /** By the paths and offsets of before. */
  files: z.array(fileEditsSchema).readonly(),
  /** New files with their whole text. */
  written: z.array(z.object({ path: z.string(), text: z.string() })).readonly(),
  /** Files that go, with SHA-256 of their text. */
  removed: z.array(z.object({ path: z.string(), before: z.string() })).readonly(),
  /** The same as a unified diff, for reading; cut where it is long. */
  diff: z.string(),
});
/** Checks that every file stands where it was to go, and that git sees it as renamed. */
export const movedSchema = z.object({ kind: z.literal('code/moved'), moves: moveSchema.shape.moves });
/** Sets the versions of a hop in every file that declares them, installs, and commits both with the lock file. */
export const versionsSchema = z.object({
  kind: z.literal('code/versions'),
  message: z.string(),
  changes: hopSchema.shape.changes,
  overrides: hopSchema.shape.overrides,
  /** Places that name a Node version, where the hop raises it. */
  runtime: hopSchema.shape.runtime,
});
/** Runs a recipe over the tracked files, and commits what it writes. */
export const recipeSchema = z.object({
  kind: z.literal('code/recipe'),
  message: z.string(),
  recipe: z.string(),
  params: z.record(z.string(), z.string()),
  /** Only what it does to these parts of the tree is written: others have a step of their own. */
  parts: z.array(z.enum(allParts)).min(1),
  /** What it made of the tree when the plan was made: SHA-256 of each file's text before and after. */
  files: z.array(z.object({ path: z.string(), before: z.string(), after: z.string() })).readonly(),
  /** The same as a unified diff, for reading; cut where it is long. */
  diff: z.string(),
});
/** Runs a published tool on a copy of the tree, and commits what it did there. */
export const toolSchema = z.object({
  kind: z.literal('code/tool'),
  message: z.string(),
  tool: z.string(),
  /** The package that brings it, and the exact version. */
  package: z.string(),
  version: z.string(),
  /** True where the copy has dependencies of its own, which the tool may change. */
  mayInstall: z.boolean(),
  /** Variables that its calls are given besides. */
  environment: z.record(z.string(), z.string()).default({}),
  /** Arguments of each call. */
  calls: z.array(z.array(z.string()).readonly()).readonly(),
  /** Packages whose declared versions stay as they are: the hop itself sets them. */
  moved: z.array(z.string()).readonly(),
});
/** Installs what the lock file says where node_modules does not hold it, and measures the tree as it is before. */
export const baselineSchema = z.object({
  kind: z.literal('code/baseline'),
  /** Of a Python tree: the minor of Python 3 to measure with. Nothing is installed. */
  python: z.int().optional(),
});
/** Measures the tree and compares it with the baseline of the run. */
export const gateSchema = z.object({
  kind: z.literal('code/gate'),
  /** The versions of Node with which it is to be measured, as a range; undefined for the one in use. */
  node: z.string().optional(),
  /** Files that stand elsewhere than when the baseline was measured. */
  moved: moveSchema.shape.moves.optional(),
  /** Each `any` that the plan itself writes into a file that was JavaScript: it was one there already, unseen. */
  anys: z.array(escapeSchema).readonly().optional(),
  /** Of a Python tree: the minor of Python 3 to measure with. */
  python: z.int().optional(),
});
/** What the packages of a hop say of their own changes: for people to read, nothing is done. */
export const readSchema = z.object({
  kind: z.literal('code/read'),
  documents: z
    .array(
      z.object({
        package: z.string(),
        from: z.string(),
        to: z.string(),
        /** Path in the package, or address in its repository. */
        path: z.string(),
        /** How many lines it has on the way between both versions. */
        lines: z.int().min(0),
        /** Those that speak of a break, or the first of them. */
        quotes: z.array(z.object({ line: z.int().min(1), text: z.string() })).readonly(),
      }),
    )
    .readonly(),
  /** Packages of which nothing was found to read. */
  unread: z.array(z.object({ package: z.string(), why: z.string() })).readonly(),
});
/** Looks for uses of API that the packages which moved mark as deprecated. */
export const deprecationsSchema = z.object({
  kind: z.literal('code/deprecations'),
  packages: z.array(z.string()).readonly(),
});
/** Commits what people changed by hand since the last step. */
export const handEditsSchema = z.object({
  kind: z.literal('code/hand-edits'),
  message: z.string(),
});
/** Takes the commit of the step back; installs what the lock file says, where the step had changed it. */
export const undoSchema = z.object({
  kind: z.literal('code/undo'),
  reinstall: z.boolean(),
  /** Folders that the step made, in which a package manager may have laid node_modules: those go. */
  emptied: z.array(z.string()).readonly().optional(),
});
/** Checks that the step is committed and that nothing is left uncommitted. */
export const committedSchema = z.object({ kind: z.literal('code/committed') });
