import * as z from 'zod';
import { findingSchema } from '#core/finding';
import { placeSchema, unknownSchema } from '../snapshot.ts';

const pythonVersionSchema = z.object({
  /** Id of the place, e.g. `requires-python`. */
  kind: z.string(),
  role: z.enum(['pin', 'floor', 'list', 'classifier', 'language', 'mention']),
  value: z.string(),
  place: placeSchema,
  /** Why it is named and not raised, where others of its kind are raised. */
  stays: z.string().optional(),
});
/** A place of a tree that names a Python version. */
export type PythonVersion = Readonly<z.infer<typeof pythonVersionSchema>>;

const djangoTestsSchema = z.discriminatedUnion('by', [
  /** From a folder, with settings that are named in the tree; without them, those of the environment. */
  z.object({ by: z.literal('settings'), folder: z.string(), settings: z.string().optional() }),
  z.object({ by: z.literal('program'), program: z.string() }),
]);
/** How the tests of a Django project or application run. */
export type DjangoTests = Readonly<z.infer<typeof djangoTestsSchema>>;

/** A working tree as far as it is Python. */
export const pythonSnapshotSchema = z.object({
  versions: z.array(pythonVersionSchema).readonly(),
  /** How many files are Python. */
  files: z.int(),
  /** Tools that check it, by what its files say. */
  tools: z.array(z.enum(['pytest', 'unittest', 'django', 'mypy', 'ruff'])).readonly(),
  /** Where `tools` has `django`. */
  djangoTests: djangoTestsSchema.optional(),
  findings: z.array(findingSchema).readonly(),
  unknown: z.array(unknownSchema).readonly(),
});
export type PythonSnapshot = Readonly<z.infer<typeof pythonSnapshotSchema>>;
