const hidden = '[hidden]';

/** What is a credential in addresses, settings and headers, or by its form. */
export const credentialShapes: readonly RegExp[] = [
  // Credentials in an address, and settings and headers that hold one.
  /(?<=\/\/)[^\s/@:]+:[^\s/@]+(?=@)/g,
  /(?<=(?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent)["']?\s*[=:]\s*)["']?(?!\$\{)[^\s"',]+/gi,
  /(?<=\b(?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/g,
  /\bnpm_[A-Za-z0-9]{16,}/g,
  /\b(?:ghp|gho|ghs|github_pat|glpat)[_-][A-Za-z0-9_-]{16,}/g,
];
const lengthMin = 6;

/** A text without credentials: those that look like one, and the given ones, wherever they stand. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const plain = secrets
    .filter((secret) => secret.length >= lengthMin)
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
  return credentialShapes.reduce((rest, shape) => rest.replaceAll(shape, hidden), plain);
}

/** Values of an environment that its names say are secret. */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const isSecret = (name: string): boolean =>
    /TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL|_AUTH\b|APIKEY|API_KEY/i.test(name);
  return Object.entries(env).flatMap(([name, value]) => (value !== undefined && isSecret(name) ? [value] : []));
}
