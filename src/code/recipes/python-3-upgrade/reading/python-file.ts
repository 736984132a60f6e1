import { type PythonSource, pythonSource } from '../../../python-source/python-source.ts';
import type { RecipeContext, RecipeFile } from '../../../recipe.ts';

/** What a rewrite may rest on. */
export type Settings = {
  /** The oldest Python that must still run it: 9 is Python 3.9. */
  readonly minor: number;
  /** The newest Python that must run them. */
  readonly newest: number;
  readonly keepsMock: boolean;
  readonly keepsPercentFormat: boolean;
  readonly keepsRuntimeTyping: boolean;
  readonly awareDatetimes: boolean;
};

/** A Python file with what the recipe was told. */
export type PythonFile = PythonSource<Settings>;

const known = new WeakMap<RecipeFile, PythonFile>();

/** Reads a file once, however many transforms ask. */
export function pythonFile(file: RecipeFile, { params }: RecipeContext): PythonFile {
  const found = known.get(file) ?? pythonSource(file, settingsOf(params));
  known.set(file, found);
  return found;
}

/** Settings of a run from the parameters of the recipe. */
export function settingsOf(params: RecipeContext['params']): Settings {
  return {
    minor: minorOf(params.target),
    newest: Math.max(minorOf(params.target), minorOf(params.newest)),
    keepsMock: params['keep-mock'] === 'true',
    keepsPercentFormat: params['keep-percent-format'] === 'true',
    keepsRuntimeTyping: params['keep-runtime-typing'] === 'true',
    awareDatetimes: params['aware-datetimes'] === 'true',
  };
}

function minorOf(version: string | undefined): number {
  return Number(/^3\.(\d+)$/.exec(version ?? '')?.[1] ?? 14);
}
