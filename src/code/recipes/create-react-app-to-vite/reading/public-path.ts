/** What Vite calls `base` for the `homepage` of a package.json: its path, or a relative one; undefined where that is the root. */
export function baseOf(homepage: string | undefined): string | undefined {
  if (homepage === undefined || homepage === '') return undefined;
  const whole = homepage.endsWith('/') ? homepage : `${homepage}/`;
  if (whole.startsWith('.')) return whole;
  const origin = 'https://localhost';
  const path = URL.canParse(whole, origin) ? new URL(whole, origin).pathname : '/';
  return path === '/' ? undefined : path;
}
