import { readFile } from 'node:fs/promises';
import { type Line, parseLine } from './line.js';

/** The requests in a log file. Throws where none of its lines is one. */
export async function readLog(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8');
  const lines = text.split('\n').map(parseLine).filter((line) => line !== undefined);
  if (lines.length === 0) throw new Error(`${file} holds no request.`);
  return lines;
}
