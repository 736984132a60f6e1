import { type PythonSource, pythonSource } from '../../../python-source/python-source.ts';
import type { RecipeContext, RecipeFile } from '../../../recipe.ts';

/** What a rewrite may rest on. */
export type Settings = {
  /** The oldest Django that must still run the files: 402 is Django 4.2. */
  readonly target: number;
  readonly path: string;
};

/** A Python file with what the recipe was told. */
export type DjangoFile = PythonSource<Settings>;

/** The parameter that names the oldest Django served. */
export const targetParam = 'target-version';

const known = new WeakMap<RecipeFile, DjangoFile>();

/** Reads a file once, however many transforms ask. */
export function djangoFile(file: RecipeFile, { params }: RecipeContext): DjangoFile {
  const found = known.get(file) ?? pythonSource(file, { target: numberOf(params[targetParam] ?? ''), path: file.path });
  known.set(file, found);
  return found;
}

/** A Django as a number that can be compared: `4.2` is 402. */
export function numberOf(version: string): number {
  const [major, minor = '0'] = version.split('.');
  return Number(major) * 100 + Number(minor);
}

/** Kinds of files that are known by their paths, as a project's conventions name them. */
export const fileKinds = {
  admin: /(\b|_)admin(\b|_)/,
  command: /(^|\/)management\/commands\//,
  init: /(^|\/)__init__\.py$/,
  migration: /(^|\/)migrations\//,
  model: /(^|\/)models(\/|\.py)/,
  settings: /(\b|_)settings(\b|_)/,
  test: /(\b|_)tests?(\b|_)/,
} as const;
