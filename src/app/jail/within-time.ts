import { type Context, createContext, Script } from 'node:vm';

const script = new Script('work()');
let shared: Context | undefined;

/**
 * Calls `work`, which must be synchronous, and gives up on it after so many milliseconds: also inside of a regular expression
 * that goes back and forth for ever, which nothing else in a process can stop. Undefined where it was given up.
 */
export function withinTime<T>(timeoutMs: number, work: () => T): { readonly value: T } | undefined {
  shared ??= createContext({});
  const kept: { value: T }[] = [];
  shared.work = () => void kept.push({ value: work() });
  try {
    script.runInContext(shared, { timeout: Math.max(1, Math.ceil(timeoutMs)) });
  } catch (error) {
    // It is an error of the context, whose `Error` is not ours.
    const isObject = typeof error === 'object' && error !== null;
    if (isObject && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
  return kept[0];
}
