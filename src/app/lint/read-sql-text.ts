import { readFileSync, statSync } from 'node:fs';

/** Text of a file as written, its byte order mark kept as one character, or why it cannot be had. */
export type SqlText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: Encoding }
  | { readonly kind: 'unreadable'; readonly why: string };

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Reads a file as UTF-8, or as UTF-16 where its byte order mark or its zero bytes say so. Never throws for what is the file's own fault. */
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
    if (nul === -1) return { kind: 'text', text, encoding };
    return unreadable(`It is binary: a NUL character stands at ${nul}.`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const isBinary = bytes.subarray(0, 8000).includes(0);
    return unreadable(isBinary ? 'It is binary.' : `It is not ${encoding.toUpperCase()}; save it as UTF-8.`);
  }
}

function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return withoutMark(bytes) ?? 'utf-8';
}

const lookedAt = 4_096;

/** Most of SQL is ASCII: as UTF-16 most units have a byte that is zero, always the same of the two, and never both. */
function withoutMark(bytes: Uint8Array): Encoding | undefined {
  const head = bytes.subarray(0, lookedAt);
  if (bytes.length % 2 === 1 || !head.includes(0)) return undefined;
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  if (Math.min(high, low) > 0 || Math.max(high, low) < head.length / 4) return undefined;
  return high > 0 ? 'utf-16be' : 'utf-16le';
}

function unreadable(why: string): SqlText {
  return { kind: 'unreadable', why };
}
