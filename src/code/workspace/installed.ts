import * as z from 'zod';
import type { LockedPackage } from '../package-manager.ts';
import { jsonOf } from '../text/read-data.ts';
import type { ReadFile } from '../typescript-settings.ts';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  engines: z.record(z.string(), z.unknown()).optional().catch(undefined),
  peerDependencies: z.record(z.string(), z.string()).default({}).catch({}),
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().default(false) }))
    .default({})
    .catch({}),
});

/** The package that `name` means in a folder, as Node finds it in node_modules from there upwards to the root. */
export async function installedPackage(
  folder: string,
  name: string,
  read: ReadFile,
): Promise<LockedPackage | undefined> {
  const parts = folder === '.' ? [] : folder.split('/');
  for (let count = parts.length; count >= 0; count -= 1) {
    const home = parts.slice(0, count).join('/');
    const text = await read(`${home === '' ? '' : `${home}/`}node_modules/${name}/package.json`);
    const parsed = text === undefined ? undefined : manifestSchema.safeParse(jsonOf(text));
    if (parsed?.success === true) return packageOf(parsed.data);
  }
  return undefined;
}

function packageOf({
  name,
  version,
  engines,
  peerDependencies,
  peerDependenciesMeta,
}: z.infer<typeof manifestSchema>): LockedPackage {
  const node = engines?.node;
  return {
    name,
    version,
    engines: typeof node === 'string' ? node : undefined,
    peers: Object.entries(peerDependencies).map(([peer, range]) => ({
      name: peer,
      range,
      isOptional: peerDependenciesMeta[peer]?.optional ?? false,
    })),
  };
}
