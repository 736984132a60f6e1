/**
 * An absolute address in the form that `url.parse()`, `url.format()` and `URL` give alike; undefined for any other. Characters
 * that one of them writes otherwise, ports that are the default, names in capitals: all of these do not come back as they were.
 */
export function sameAddress(text: string | undefined): URL | undefined {
  if (text === undefined || !/^(https?|wss?|ftp):\/\/[\w:/?#@!$&()*+,=%.~[\]-]+$/.test(text) || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const isPlain = /^([\w.-]+|\[[\da-f:]+\])(:\d+)?$/.test(url.host);
  return isPlain && (url.href === text || url.href === `${text}/`) ? url : undefined;
}
