import { isModuleKind, type OccurrenceKind } from './occurrence.ts';

/**
 * True for a specifier that is read as a URL: what ES modules import (https://nodejs.org/api/esm.html#urls), `new URL`, and what
 * style sheets and pages name. Pure.
 */
export function isUrl(kind: OccurrenceKind): boolean {
  if (kind === 'require' || kind === 'require-resolve' || kind === 'mock') return false;
  return isModuleKind(kind) || kind === 'url' || kind === 'css-url' || kind === 'css-import' || kind === 'asset';
}

/** A path without its percent-encoding; undefined where it has none, or none that is right. Pure. */
export function decodedPath(path: string): string | undefined {
  if (!/%[0-9a-f]{2}/i.test(path)) return undefined;
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** A path as a URL says it. Pure. */
export function encodedPath(path: string): string {
  return encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F');
}
