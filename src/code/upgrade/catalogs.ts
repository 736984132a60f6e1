import * as z from 'zod';
import { jsonOf, yamlOf } from '../text/read-data.ts';
import type { ReadFile } from '../typescript-settings.ts';

/** A text of a file that stands for a range elsewhere: an entry of a catalog, or a pin over what anybody declares. */
export type Entry = {
  readonly file: string;
  /** Keys that lead to it. */
  readonly path: readonly string[];
  readonly value: string;
  /** The text that the user wrote, whose style is kept, where a hop has put another in its place. */
  readonly style?: string;
};

/** Entries of catalogs, and pins of versions, as the root of the tree has them. */
export type RootEntries = {
  /** What `catalog:` or `catalog:name` stands for of a package. */
  catalogEntry(name: string, raw: string): Entry | undefined;
  /** `overrides` of npm, pnpm and Bun, and `resolutions` of Yarn, with the whole key. */
  readonly pins: readonly Entry[];
};

const catalogSchema = z.record(z.string(), z.string()).optional().catch(undefined);
const catalogsSchema = z.record(z.string(), z.record(z.string(), z.string())).optional().catch(undefined);
const bothSchema = z.object({ catalog: catalogSchema, catalogs: catalogsSchema });
const anySchema = z.record(z.string(), z.unknown()).optional().catch(undefined);
const manifestSchema = bothSchema.extend({
  workspaces: z.union([bothSchema, z.unknown()]).optional(),
  overrides: anySchema,
  resolutions: anySchema,
  pnpm: z.object({ overrides: anySchema }).optional().catch(undefined),
});
const yamlSchema = bothSchema.extend({ overrides: anySchema });

type Catalog = {
  readonly file: string;
  readonly path: readonly string[];
  readonly entries: Readonly<Record<string, string>>;
};

/**
 * Reads catalogs of pnpm (pnpm-workspace.yaml), Yarn (.yarnrc.yml) and Bun (package.json), and what pins versions.
 * https://pnpm.io/catalogs, https://yarnpkg.com/features/catalogs, https://bun.com/docs/pm/catalogs
 */
export async function readRootEntries(read: ReadFile): Promise<RootEntries> {
  const manifest = manifestSchema.safeParse(jsonOf((await read('package.json')) ?? '')).data ?? {};
  const workspaces = bothSchema.safeParse(manifest.workspaces).data;
  const pnpm = await yamlIn('pnpm-workspace.yaml', read);
  const yarn = await yamlIn('.yarnrc.yml', read);
  const catalogs = [
    ...catalogsOf('pnpm-workspace.yaml', [], pnpm),
    ...catalogsOf('.yarnrc.yml', [], yarn),
    ...catalogsOf('package.json', ['workspaces'], workspaces),
    ...catalogsOf('package.json', [], manifest),
  ];
  return {
    catalogEntry(name, raw) {
      const key = raw.replace(/^catalog:/, '').trim();
      const wanted = key === '' ? 'default' : key;
      const found = catalogs.find(({ path, entries }) => nameOf(path) === wanted && entries[name] !== undefined);
      const value = found?.entries[name];
      return found === undefined || value === undefined
        ? undefined
        : { file: found.file, path: [...found.path, name], value };
    },
    pins: [
      ...pinsOf('package.json', ['overrides'], manifest.overrides),
      ...pinsOf('package.json', ['resolutions'], manifest.resolutions),
      ...pinsOf('package.json', ['pnpm', 'overrides'], manifest.pnpm?.overrides),
      ...pinsOf('pnpm-workspace.yaml', ['overrides'], pnpm.overrides),
    ],
  };
}

async function yamlIn(file: string, read: ReadFile): Promise<z.infer<typeof yamlSchema>> {
  const text = await read(file);
  return (text === undefined ? undefined : yamlSchema.safeParse(yamlOf(text)).data) ?? {};
}

function catalogsOf(
  file: string,
  at: readonly string[],
  { catalog, catalogs }: z.infer<typeof bothSchema> = {},
): readonly Catalog[] {
  return [
    ...(catalog === undefined ? [] : [{ file, path: [...at, 'catalog'], entries: catalog }]),
    ...Object.entries(catalogs ?? {}).map(([name, entries]) => ({ file, path: [...at, 'catalogs', name], entries })),
  ];
}

function nameOf(path: readonly string[]): string {
  return path.at(-1) === 'catalog' && path.at(-2) !== 'catalogs' ? 'default' : (path.at(-1) ?? 'default');
}

/** Nested ones too: `overrides: { a: { b: "1" } }`. */
function pinsOf(file: string, path: readonly string[], value: unknown): readonly Entry[] {
  if (typeof value === 'string') return [{ file, path, value }];
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  return parsed.success
    ? Object.entries(parsed.data).flatMap(([key, inner]) => pinsOf(file, [...path, key], inner))
    : [];
}
