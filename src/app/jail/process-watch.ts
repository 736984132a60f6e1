import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all that it has started may use together. */
export type ProcessBounds = { readonly processesMax: number; readonly memoryBytesMax: number };

const everyMs = 50;
const pageBytes = 4_096;

/**
 * Looks again and again at a process and those that descend from it, wherever they put themselves, and tells once when they are
 * more, or use more memory, than they may. Linux only; elsewhere nothing is told. Returns what ends the watch.
 */
export function watchProcesses(pid: number, bounds: ProcessBounds, onExcess: (what: string) => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  const timer = setInterval(() => {
    const excess = excessOf(pid, bounds);
    if (excess === undefined) return;
    clearInterval(timer);
    onExcess(excess);
  }, everyMs);
  return () => clearInterval(timer);
}

function excessOf(pid: number, { processesMax, memoryBytesMax }: ProcessBounds): string | undefined {
  const parents = new Map<number, { readonly parent: number; readonly bytes: number }>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? statOf(name) : undefined;
    if (found !== undefined) parents.set(Number(name), found);
  }
  const own = [...parents].filter(([one]) => descends(one, pid, parents));
  if (own.length > processesMax) return `more than ${processesMax} processes at once`;
  const bytes = own.reduce((sum, [, found]) => sum + found.bytes, 0);
  return bytes > memoryBytesMax ? `more than ${memoryBytesMax} bytes of memory` : undefined;
}

/** The name in brackets may hold anything; what follows it is numbers (proc_pid_stat(5)). */
function statOf(pid: string): { readonly parent: number; readonly bytes: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), bytes: Number(fields[21]) * pageBytes };
  } catch (error) {
    // It has ended meanwhile.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

const generationsMax = 10_000;

function descends(one: number, from: number, parents: ReadonlyMap<number, { readonly parent: number }>): boolean {
  let here = one;
  for (let generation = 0; generation < generationsMax && here > 1; generation += 1) {
    if (here === from) return true;
    here = parents.get(here)?.parent ?? 0;
  }
  return false;
}
