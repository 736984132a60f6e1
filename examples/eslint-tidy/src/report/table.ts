import type { Line } from '../line.js';

/** Bytes by path, largest first, as lines of text. */
export function table(lines: readonly Line[], limit: number): readonly string[] {
  const bytes = new Map<string, number>();
  for (const line of lines) bytes.set(line.path, (bytes.get(line.path) ?? 0) + line.bytes);
  const sorted = [...bytes].sort((one, other) => other[1] - one[1]);
  return sorted.slice(0, limit).map(([path, count]) => `${String(count).padStart(8)} ${path}`);
}
