import * as z from 'zod';
import { jsonOf } from '../text/read-data.ts';

const texts = z.record(z.string(), z.string()).default({}).catch({});

/** package.json of a published version, as far as its API depends on it. Fields of another form count as not there. */
const publishedManifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  type: z.enum(['module', 'commonjs']).optional().catch(undefined),
  main: z.string().optional().catch(undefined),
  module: z.string().optional().catch(undefined),
  types: z.string().optional().catch(undefined),
  typings: z.string().optional().catch(undefined),
  /** `exports` is read where it is walked: it nests without end. */
  exports: z.unknown().optional(),
  engines: texts,
  repository: z
    .union([
      z.string().transform((url) => ({ url, directory: undefined })),
      z.object({ url: z.string(), directory: z.string().optional() }),
    ])
    .optional()
    .catch(undefined),
  bin: z.unknown().optional(),
  dependencies: texts,
  peerDependencies: texts,
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().default(false) }))
    .default({})
    .catch({}),
});
export type PublishedManifest = Readonly<z.infer<typeof publishedManifestSchema>>;

/** Reads the package.json of a published version; undefined where it is none. */
export function parsePublishedManifest(text: string): PublishedManifest | undefined {
  const parsed = publishedManifestSchema.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : undefined;
}
