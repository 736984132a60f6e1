import * as z from 'zod';

/** An import that closes a ring of modules, or leads from a layer to one that it may not know. */
export const badImportSchema = z.object({
  kind: z.enum(['cycle', 'layer']),
  file: z.string(),
  line: z.int().min(1),
  /** Module that is reached in the end. */
  to: z.string(),
  /** Modules on the way, from the importing one on; of a cycle it comes back to the first. */
  chain: z.array(z.string()).readonly(),
  /** Patterns of both layers. */
  layers: z.tuple([z.string(), z.string()]).readonly().optional(),
});
export type BadImport = Readonly<z.infer<typeof badImportSchema>>;
