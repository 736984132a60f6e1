import picomatch from 'picomatch';
import { parse } from 'yaml';
import * as z from 'zod';

const pnpmSchema = z.object({
  packages: z.array(z.string()).optional(),
  catalog: catalogOf(),
  catalogs: z.record(z.string(), catalogOf()).optional(),
});

/** What a pnpm-workspace.yaml says of packages and catalogs. */
export type PnpmWorkspace = z.infer<typeof pnpmSchema>;

/** Reads pnpm-workspace.yaml. Undefined where it is not of the form that pnpm takes. */
export function parsePnpmWorkspace(text: string): PnpmWorkspace | undefined {
  try {
    return pnpmSchema.safeParse(parse(text) ?? {}).data;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('YAML')) return undefined;
    throw error;
  }
}

/** The version that `catalog:` or `catalog:name` stands for; any other range is itself. */
export function resolveCatalog(name: string, declared: string, workspace: PnpmWorkspace | undefined): string {
  const match = /^catalog:(.*)$/.exec(declared);
  if (match === null) return declared;
  const catalog = match[1]?.trim() ?? '';
  const entries =
    catalog === '' || catalog === 'default'
      ? (workspace?.catalog ?? workspace?.catalogs?.default)
      : workspace?.catalogs?.[catalog];
  return entries?.[name] ?? declared;
}

/**
 * True for the folders that patterns take in. A later `!pattern` takes folders out again, as in npm, pnpm and Yarn; a
 * folder below node_modules is never one.
 */
export function workspaceMatcher(patterns: readonly string[]): (folder: string) => boolean {
  const matchers = patterns.map((pattern) => {
    const isNegative = pattern.startsWith('!');
    const plain = pattern
      .replace(/^!/, '')
      .replace(/^\.?\//, '')
      .replace(/\/+$/, '')
      .replace(/\/package\.json$/, '');
    return { isNegative, matches: picomatch(plain === '' ? '.' : plain) };
  });
  return (folder) => matchers.reduce((isIn, { isNegative, matches }) => (matches(folder) ? !isNegative : isIn), false);
}

function catalogOf() {
  return z.record(z.string(), z.string()).optional();
}
