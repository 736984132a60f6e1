type Env = Readonly<Record<string, string | undefined>>;

/** Settings of a package manager that was around godwit; the user's own stand in files and under other names. */
const inherited = /^(npm_(lifecycle|package|command|execpath|node_execpath).*|INIT_CWD|NODE_ENV|FORCE_COLOR)$/;

/**
 * The environment of a package manager: the user's, as on a build server, so that nothing asks a question, without colours
 * and notices of updates. A NODE_ENV of `production` would leave out what checks need, and is not handed on.
 */
export function installEnvironment(env: Env): Env {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !inherited.test(name))),
    CI: 'true',
    NO_COLOR: '1',
    NO_UPDATE_NOTIFIER: '1',
    npm_config_update_notifier: 'false',
    npm_config_progress: 'false',
    ADBLOCK: '1',
    DISABLE_OPENCOLLECTIVE: '1',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  };
}
