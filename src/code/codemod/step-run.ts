import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { jsonOf } from '../text/read-data.ts';
import type { CodemodWork, JsonRecord, JsonValue, StepPlace } from './codemod-work.ts';
import { interpolate } from './expression.ts';
import { StepFault } from './step-fault.ts';
import { syncFromScratch, syncToScratch } from './sync-scratch.ts';

const linesMax = 40;

/**
 * Runs a shell line in the copy of the tree and takes what it did there. Throws StepFault where programs are not granted,
 * or the line ends with another code than 0.
 */
export async function runShellStep(line: string, place: StepPlace, work: CodemodWork): Promise<void> {
  const { grants, runProcess, limits, signal } = work.options;
  if (!grants.run) throw new StepFault('It runs a program, which is not granted (--allow-run).');
  const laid = await syncToScratch(work);
  const { scratch } = laid;
  const outputs = await scratch.aside('state-outputs', '');
  const state = await scratch.aside('state.json', JSON.stringify(Object.fromEntries(place.state)));
  const env = { ...environmentOf(place, work), STATE_OUTPUTS: outputs, CODEMOD_STATE: state };
  const command = { line: interpolate(line, place.lookup) };
  const request = { command, cwd: scratch.folder, env, timeoutMs: limits.programMs };
  const { exitCode, output, errors, isTimeout } = await runProcess(request, signal);
  work.notes.push(...lastLines(output));
  if (isTimeout) throw new StepFault(`It took longer than ${limits.programMs / 1_000} s and was stopped.`);
  if (exitCode !== 0)
    throw new StepFault(
      `It ended with ${exitCode}: ${lastLines(errors || output)
        .slice(-5)
        .join(' ')}`,
    );
  applyOutputs(await readFile(outputs, 'utf8'), place.state);
  await syncFromScratch(work, laid);
}

/** The variables that the public runner sets, by its reference. */
function environmentOf({ pack, params, matrix, state, env }: StepPlace, { options }: CodemodWork) {
  return {
    ...options.env,
    npm_config_yes: 'true',
    ...prefixed('PARAM_', params),
    ...prefixed('CODEMOD_STATE_', Object.fromEntries(state)),
    CODEMOD_PATH: pack.folder,
    ...env,
    ...Object.fromEntries(Object.entries(matrix ?? {}).map(([name, value]) => [name, spelled(value)])),
  };
}

function prefixed(prefix: string, values: JsonRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [prefix + name.toUpperCase(), spelled(value)]),
  );
}

function spelled(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const json = z.json();

/** `KEY=VALUE` sets, `KEY@=VALUE` appends to a list, `a.b=VALUE` sets within; a value that is JSON is that, else text. */
export function applyOutputs(text: string, state: Map<string, JsonValue>): void {
  for (const line of text.split('\n')) {
    const { name, append, raw } = /^(?<name>[\w.-]+)(?<append>@?)=(?<raw>.*)$/.exec(line.trim())?.groups ?? {};
    if (name === undefined || raw === undefined) continue;
    const parsed = json.safeParse(jsonOf(raw));
    const value = parsed.success ? parsed.data : raw;
    const [first = '', ...rest] = name.split('.');
    const before = state.get(first);
    if (append === '@') state.set(first, [...(Array.isArray(before) ? before : []), value]);
    else state.set(first, within(before, rest, value));
  }
}

function within(before: JsonValue | undefined, path: readonly string[], value: JsonValue): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const own = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {};
  return { ...own, [name]: within(own[name], rest, value) };
}

function lastLines(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-linesMax);
}
