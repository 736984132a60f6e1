import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import * as z from 'zod';
import { isSecretPath } from '#app/jail/secret-files';
import type { Verb } from '#app/verb';
import { fail } from '#core/error';

/** Verbs that do a plan's work: they take the hash beside its name, so that what was read is what is done. */
const bound: ReadonlySet<string> = new Set(['apply', 'rollback', 'purge']);

/** Fields that write into the user's own files, run code of the project or of others, or are not built: they are none of a tool's. */
const left: Readonly<Record<string, readonly string[]>> = {
  inspect: ['runTests'],
  lint: ['fix', 'updateBaseline', 'format'],
  plan: ['to', 'decompose', 'allowRun'],
};

/** Fields that hold paths, which have to lie in the folder that is served. */
const paths: ReadonlySet<string> = new Set(['from', 'out', 'tree', 'code', 'paths', 'schema', 'baseline']);

/** Does the verb want a person's word before it does anything? */
export function wantsWord({ name }: Pick<Verb, 'name'>): boolean {
  return bound.has(name) || name === 'resume';
}

/**
 * What a tool takes: the verb's own input without what it may not do, the target by its name, and for `apply`, `rollback`
 * and `purge` the plan with its hash. No field stands for consent, and what is not known is refused.
 */
export function toolInput(verb: Verb): z.ZodObject {
  const { input, name } = verb;
  if (!(input instanceof z.ZodObject)) throw new TypeError(`the input of ${name} is no object`);
  const shape: Record<string, z.core.$ZodType> = {};
  for (const [field, schema] of Object.entries(input.shape)) if (!left[name]?.includes(field)) shape[field] = schema;
  const plan = z.string().describe('Id of the plan, as `plan` answered it');
  const planHash = z.string().describe('Its planHash: what was read is what is done');
  return z.strictObject({
    ...shape,
    ...(bound.has(name) ? { plan, planHash } : {}),
    target: z
      .string()
      .optional()
      .describe('A target of godwit.config (default: the one that the server was started with)'),
  });
}

/**
 * Throws `bad-input` for a path that is none or leaves the folder, also through a symbolic link, for one of git's own or of a file that holds
 * credentials, for standard input, which is the protocol's, and for a recipe that is code in a folder.
 */
export function checkPaths(input: Readonly<Record<string, unknown>>, cwd: string): void {
  for (const [field, value] of Object.entries(input)) {
    if (field === 'recipe' && [value].flat().some((named) => /[./\\]/.test(String(named)))) throw foreignRecipe();
    if (!paths.has(field) && field !== 'plan') continue;
    for (const path of [value].flat()) if (typeof path === 'string') checkPath(field, path, cwd);
  }
}

function checkPath(field: string, path: string, cwd: string): void {
  const fault =
    (path === '-' ? outside : faultOf(path, cwd)) ?? (field === 'out' ? hiddenFolder(path, cwd) : undefined);
  if (fault !== undefined) throw refused(`${field} is \`${path.replaceAll('\0', '\\0')}\`${fault}`);
}

const outside = ', which lies outside of what is served here.';

/** Both the path as it is spelled and where it leads have to be such that they may be read and written. */
function faultOf(path: string, cwd: string): string | undefined {
  if (path.includes('\0')) return ', which holds a NUL: no path does.';
  const ways = waysTo(path, cwd);
  if (ways.some(isAbove)) return outside;
  if (ways.some((way) => way.split(sep).some((name) => name.toLowerCase() === '.git')))
    return ', which is what git keeps for itself.';
  return ways.some((way) => isSecretPath(way.replaceAll(sep, '/')))
    ? ': files of this name hold credentials.'
    : undefined;
}

/** From the folder to a path: as it is spelled, and where it leads. */
function waysTo(path: string, cwd: string): readonly string[] {
  const whole = resolve(cwd, path);
  return [relative(cwd, whole), relative(realPlace(cwd), realPlace(whole))];
}

/** Folders that begin with a dot tell programs what to do: workflows, hooks of assistants and editors. */
function hiddenFolder(path: string, cwd: string): string | undefined {
  return waysTo(path, cwd).some((way) => way.split(sep).some((name) => name.startsWith('.')))
    ? ': no plan is written into a folder that begins with a dot, where programs look for their settings.'
    : undefined;
}

/** For files that a verb finds below a folder: what is refused where it is named is passed over where it is found. */
export function readableIn(cwd: string): (path: string) => boolean {
  return (path) => faultOf(path, cwd) === undefined;
}

/** True for a way from a folder that leaves it; on Windows one to another drive is absolute. */
function isAbove(way: string): boolean {
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** Where a path leads through symbolic links, as far as it is there. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') return sep;
    // A link that leads nowhere would be written through.
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (isLink) return realPlace(resolve(dirname(path), readlinkSync(path)));
    if (dirname(path) === path) throw error;
    return join(realPlace(dirname(path)), basename(path));
  }
}

function foreignRecipe() {
  return fail('bad-input', {
    what: 'A recipe in a folder is not run here.',
    why: 'It is code of the project or of others, which a person starts.',
    next: 'Name a recipe of godwit’s own (`explain` lists them), or have a person run `godwit plan --recipe ./FOLDER`.',
  });
}

function refused(what: string) {
  return fail('bad-input', {
    what,
    why: 'This server reads and writes in its own folder only, not through links out of it, and has no standard input to read from.',
    next: 'Name a path below the folder, or start `godwit mcp --cwd` with another one.',
  });
}
