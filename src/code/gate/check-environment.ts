import { delimiter, join } from 'node:path';
import type { CheckKind } from './measurement.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What a process that godwit was started from may have left, and what would make runners believe that they are inside it. */
const inherited =
  /^(NODE_TEST_CONTEXT|VITEST(_.*)?|JEST_WORKER_ID|TEST|npm_(lifecycle|package|command|execpath|node_execpath).*|INIT_CWD|FORCE_COLOR)$/;

/**
 * The environment of a check: the user's, without colours and notices of updates, and but for builds as on a build server:
 * watch modes of Vitest, Jest and react-scripts end by themselves where `CI` is set, and builds take warnings for errors.
 */
export function checkEnvironment(env: Env, kind: CheckKind): Env {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !inherited.test(name)));
  return {
    ...kept,
    // Left over from a test runner around godwit; a production value is the user's own wish.
    ...(kept.NODE_ENV === 'test' ? { NODE_ENV: undefined } : {}),
    ...(kind === 'build' ? {} : { CI: 'true' }),
    NO_COLOR: '1',
    NO_UPDATE_NOTIFIER: '1',
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    DISABLE_OPENCOLLECTIVE: '1',
    ADBLOCK: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
  };
}

/** Variables for a line that no package manager starts: programs of the packages first in PATH, as scripts have them. */
export function lineEnvironment(env: Env, { root, folder }: { readonly root: string; readonly folder: string }): Env {
  const parts = folder === '.' ? [] : folder.split('/');
  const homes = Array.from({ length: parts.length + 1 }, (_, up) => join(root, ...parts.slice(0, parts.length - up)));
  const programs = homes.map((home) => join(home, 'node_modules', '.bin'));
  return { ...env, PATH: [...programs, env.PATH ?? ''].join(delimiter), INIT_CWD: join(root, folder) };
}
