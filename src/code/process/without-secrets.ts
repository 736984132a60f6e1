import { redact } from '../install/redact.ts';

const secret = /token|secret|passw|passphrase|credential|api_?key|private|(^|_)(auth|keys?|pat)(_|$)/i;

/** Code that is not godwit's gets no variable whose name or value says that it is a secret, and no database. */
export function withoutSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => !isSecret(name, value ?? '')));
}

function isSecret(name: string, value: string): boolean {
  return secret.test(name) || /DATABASE_URL|^PG/.test(name) || redact(value) !== value || hasLogin(value);
}

/** An address with a password and no user, as caches have. */
function hasLogin(value: string): boolean {
  return /:\/\/[^\s/@]*:[^\s/@]+@/.test(value);
}
