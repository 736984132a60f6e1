import { redact } from '#db/drivers/postgres/connection-url';
import type { Config } from './config.ts';
import { readVariable, type TargetChoice } from './target.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Takes every credential that godwit was given out of a text: those of --db, DATABASE_URL, READ_DATABASE_URL, PGPASSWORD
 * and the configuration's targets, and whatever else looks like a login in a URL.
 */
export function redactor(given: {
  readonly choice: TargetChoice;
  readonly config: Config | undefined;
  readonly env: Env;
}): (text: string) => string {
  const { choice, config, env } = given;
  const stated = Object.values(config?.targets ?? {}).flatMap(({ url, readUrl }) =>
    [url, readUrl].map((said) => (said?.startsWith('env:') ? env[said.slice(4)] : said)),
  );
  const urls = [choice.db, env.DATABASE_URL, env[readVariable], ...stated].filter(
    (url) => url !== undefined && url !== '',
  );
  const password = env.PGPASSWORD;
  return (text) => {
    const clean = urls.reduce((rest: string, url) => redact(rest, url ?? ''), text);
    const quiet = password === undefined || password === '' ? clean : clean.replaceAll(password, '***');
    return !quiet.includes('://')
      ? quiet
      : quiet.replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):(?!password@)[^\s@]+@/gi, '$1:***@');
  };
}
