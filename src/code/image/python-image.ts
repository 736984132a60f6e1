import { findAll } from '../text/search-text.ts';
import type { Found } from '../version-place.ts';

/** An image in which Python is, with its registry: Python's own, those of services, of functions and of uv. The group is the version. */
export const pythonImage = '(?:[\\w.:-]+/)*(?:python:|uv:(?:\\d[\\w.]*-)?python)(3\\.\\d[\\w.-]*)';

/** The versions of such images behind what stands before them, the source of whose pattern is given. Pure. */
export function pythonImagesBehind(text: string, before: string, flags: string, end = ''): readonly Found[] {
  return findAll(text, new RegExp(`${before}${pythonImage}${end}`, `d${flags}`)).map((found) => {
    const isOld = /uv:\d[\w.]*-python$/.test(text.slice(Math.max(0, found.offset - 40), found.offset));
    return isOld ? { ...found, stays: 'a version of uv stands before it, which may have no newer Python' } : found;
  });
}

/** Names of variables that say a Python version wherever they stand. */
export const pythonVariable = 'PY(?:THON)?_?VER(?:SION)?';

/** A version as such variables hold it. */
export const pythonNumber = '(3\\.\\d{1,2}(?:\\.\\d+)?(?:-[A-Za-z][\\w.-]*)?)(?![\\w.-])';
