const secret = /token|secret|passw|credential|api_?key|private|(^|_)auth/i;

/** A recipe is foreign code: it gets no variable whose name says that it is a secret, and no database. */
export function withoutSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !secret.test(name) && !/DATABASE_URL|^PG/.test(name)),
  );
}
