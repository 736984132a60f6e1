import { createRequire } from 'node:module';
import type { Script } from 'node:vm';
import type { start } from './start.ts';

/** What `tools/bundle.ts` put together of a `start` and all that it loads, and how to keep what V8 made of it. */
export type Bundle = {
  readonly start: typeof start;
  /** Keeps the compiled code for the next call, where there is none and the folder can be written. */
  keepCompiled(): void;
};

/** `part` names the bundle: `lint` holds what that verb needs, `godwit` all of it. */
export type Wanted = { readonly folder: string; readonly version: string; readonly part: 'godwit' | 'lint' };
type Place = { readonly file: string; readonly compiled: string };

type BuiltIns = {
  readonly 'node:fs': typeof import('node:fs');
  readonly 'node:path': typeof import('node:path');
  readonly 'node:v8': typeof import('node:v8');
  readonly 'node:vm': typeof import('node:vm');
};

const fs = builtIn('node:fs');

/** A module of Node's, required: to import one costs more, since Node then reads all that it exports. */
export function builtIn<Name extends keyof BuiltIns>(name: Name): BuiltIns[Name] {
  return createRequire(import.meta.url)(name);
}

/**
 * The command line as one file, compiled by an earlier call if there was one (code caching, V8's own form of it:
 * https://v8.dev/blog/code-caching-for-devs). Undefined where nothing was bundled, as when it runs from source.
 *
 * V8 refuses compiled code of another version, other flags or another text; then it is compiled for this call alone, so
 * that calls with different flags do not replace each other's.
 */
export function loadBundle({ folder, version, part }: Wanted): Bundle | undefined {
  const { join } = builtIn('node:path');
  const file = join(folder, `${part}.cjs`);
  const text = contentOf(file)?.toString('latin1');
  if (text === undefined) return undefined;
  // V8 knows a text by its length alone.
  const built = `${version}-${Math.round(fs.statSync(file).mtimeMs)}`;
  const name = `${part}-${built}-${process.arch}-${process.versions.v8}.compiled`;
  const place = { file, compiled: join(folder, name) };
  const cachedData = contentOf(place.compiled);
  const { Script } = builtIn('node:vm');
  const script = new Script(text, {
    filename: place.file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const keepCompiled = () => (cachedData === undefined ? keep(script, place) : undefined);
  return { start: startOf(script, place), keepCompiled };
}

function startOf(script: Script, { file }: Place): typeof start {
  const module: { exports: { start?: typeof start } } = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file);
  if (module.exports.start === undefined) throw new Error(`${file} is not what was built; build it again`);
  return module.exports.start;
}

/** Written whole and then renamed, since other calls read it. A folder that cannot be written stays without. */
function keep(script: Script, { compiled }: Place): void {
  const draft = `${compiled}.${process.pid}`;
  try {
    fs.writeFileSync(draft, script.createCachedData());
    fs.renameSync(draft, compiled);
  } catch {
    // It only saves time: an installation that belongs to another user is no error.
    fs.rmSync(draft, { force: true });
  }
}

function contentOf(path: string): Buffer | undefined {
  try {
    return fs.readFileSync(path);
  } catch {
    return undefined;
  }
}
