import { createRequire } from 'node:module';
import * as z from 'zod';
import { yamlOf } from '../text/read-data.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Options = Readonly<Record<string, unknown>>;

type Config = { load(): Promise<void>; readonly flat: Options };
type ConfigConstructor = new (options: Options) => Config;
const definitionsSchema = z.object({
  definitions: z.record(z.string(), z.unknown()),
  shorthands: z.record(z.string(), z.unknown()),
  flatten: z.custom<(from: object, to: object) => unknown>((value) => typeof value === 'function'),
  nerfDarts: z.array(z.string()),
});

/**
 * How to reach the registries: npm's own reading of project, user and global npmrc and of the environment, `${NAME}`
 * filled in; for Yarn 2 and newer what .yarnrc.yml says comes on top. The result holds tokens and is never shown.
 */
export async function registryOptions(place: {
  readonly root: string;
  readonly env: Env;
  readonly yarnrc: string | undefined;
}): Promise<Options> {
  const require = createRequire(import.meta.url);
  const Config = z.custom<ConfigConstructor>((value) => typeof value === 'function').parse(require('@npmcli/config'));
  const config = new Config({
    ...definitionsSchema.parse(require('@npmcli/config/lib/definitions/index.js')),
    npmPath: place.root,
    argv: [],
    // It writes what it finds into the environment that it is given.
    env: { ...place.env },
    cwd: place.root,
    warn: false,
  });
  await config.load();
  // Without a cache nothing is written, and no answer is older than the question.
  return {
    ...config.flat,
    cache: undefined,
    // The one in PATH, whatever program an .npmrc of the tree names.
    git: undefined,
    ...(place.yarnrc === undefined ? {} : yarnOptions(place.yarnrc, place.env)),
  };
}

const serverSchema = z.object({ npmRegistryServer: z.string().optional(), npmAuthToken: z.string().optional() });
const yarnrcSchema = serverSchema.extend({
  npmScopes: z.record(z.string(), serverSchema).default({}),
  npmRegistries: z.record(z.string(), z.object({ npmAuthToken: z.string().optional() })).default({}),
});

/** https://yarnpkg.com/configuration/yarnrc names the fields; `${NAME:-else}` and `${NAME-else}` have a fallback. */
function yarnOptions(text: string, env: Env): Options {
  const parsed = yarnrcSchema.safeParse(yamlOf(text));
  if (!parsed.success) return {};
  const { npmScopes, npmRegistries, ...top } = parsed.data;
  const options: Record<string, unknown> = {};
  const serve = (key: string, { npmRegistryServer, npmAuthToken }: z.infer<typeof serverSchema>): void => {
    if (npmRegistryServer === undefined) return;
    const server = filled(npmRegistryServer, env);
    options[key] = server;
    if (npmAuthToken !== undefined) options[`${dartOf(server)}:_authToken`] = filled(npmAuthToken, env);
  };
  serve('registry', top);
  for (const [scope, server] of Object.entries(npmScopes)) serve(`@${scope}:registry`, server);
  for (const [address, { npmAuthToken }] of Object.entries(npmRegistries)) {
    if (npmAuthToken !== undefined) options[`${dartOf(address)}:_authToken`] = filled(npmAuthToken, env);
  }
  return options;
}

/** The form under which npm keeps credentials of a registry: `//host/path/`. */
function dartOf(address: string): string {
  return `${address.replace(/^https?:/, '').replace(/\/*$/, '')}/`;
}

function filled(text: string, env: Env): string {
  return text.replaceAll(/\$\{(\w+)(?::?-([^}]*))?\}/g, (_, name: string, otherwise = '') => env[name] ?? otherwise);
}
