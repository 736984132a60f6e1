import { readFileSync, statSync } from 'node:fs';

/** Text of a file as written, its byte order mark kept as one character, or why it cannot be had. */
export type SqlText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads a file as UTF-8, or as UTF-16 where its byte order mark says so. Never throws for what is the file's own fault. */
export function readSqlText(path: string, bytesMax: number): SqlText {
  try {
    const { size } = statSync(path);
    if (size > bytesMax) return unreadable(`It has ${size} bytes; at most ${bytesMax} are read.`);
    return decodeSql(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return unreadable(`The system says ${error.code}.`);
    throw error;
  }
}

/** Bytes as text. Line ends stay as they are. */
export function decodeSql(bytes: Uint8Array): SqlText {
  const encoding = encodingOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    const nul = text.indexOf('\0');
    if (nul === -1) return { kind: 'text', text };
    return unreadable(`It is binary: a NUL character stands at ${nul}.`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const isBinary = bytes.subarray(0, 8000).includes(0);
    return unreadable(isBinary ? 'It is binary.' : `It is not ${encoding.toUpperCase()}; save it as UTF-8.`);
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function unreadable(why: string): SqlText {
  return { kind: 'unreadable', why };
}
