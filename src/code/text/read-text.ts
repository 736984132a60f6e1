import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Text of a file, its byte order mark kept, or why it cannot be had. */
export type ReadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Lock files of large workspaces have some 10 MB. */
const bytesMax = 64 * 1_048_576;

/** Reads a file of the tree as UTF-8. Never throws for what is the file's own fault. */
export async function readText(root: string, path: string): Promise<ReadText> {
  try {
    const { size } = await stat(join(root, path));
    if (size > bytesMax) return { kind: 'unreadable', why: `It has ${size} bytes; at most ${bytesMax} are read.` };
    const bytes = await readFile(join(root, path));
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'unreadable', why: encodingFault };
    if (error instanceof Error && 'code' in error) return { kind: 'unreadable', why: `The system says ${error.code}.` };
    throw error;
  }
}

const encodingFault = 'It is not UTF-8; package managers read it as UTF-8 only. Save it as UTF-8.';
