import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { jsonOf } from '../text/read-data.ts';
import { fence, providedBy } from './fence.ts';
import { moduleLoader } from './module-loader.ts';
import type { Answer, Start } from './protocol.ts';
import { stagedFiles } from './staged-files.ts';
import type { TransformHost } from './transform-host.ts';

type Callable = (...given: readonly unknown[]) => unknown;
const callable = z.custom<Callable>((value) => typeof value === 'function');
const coreSchema = z.custom<Callable & { readonly withParser: Callable }>(
  (value) => typeof value === 'function' && 'withParser' in value && typeof value.withParser === 'function',
);
const moduleSchema = z.object({
  default: callable,
  parser: z.union([z.string(), z.object({ parse: callable })]).optional(),
});

/**
 * Makes a transform of jscodeshift ready, with the jscodeshift that is installed beside the transform or in the tree: ours
 * is none. The parser is the one that the module exports, else the parameter `parser`, else by the file's extension. Throws an
 * Error where jscodeshift is not installed or the module exports no function.
 */
export async function jscodeshiftHost(start: Start): Promise<TransformHost> {
  const core = coreOf(start);
  const target = realpathSync(start.targetFolder);
  const files = stagedFiles(start.targetFolder, {
    alsoReadable: start.packageFolder,
    mayReadAll: start.grants.files,
  });
  for (const [path, text] of start.overlay) files.lay(path, text);
  fence(start.grants);
  const load = moduleLoader(providedBy(start.grants, files, {}));
  const { transform, parser } = transformIn(await load(start.script), start.script);
  const { parser: asked, ...options } = optionsOf(start.params);
  const counts = new Map<string, number>();
  return {
    async transform(filename, text) {
      const path = resolve(target, relative(start.targetFolder, filename));
      files.lay(path, text);
      const j = core.withParser(parser ?? asked ?? parserFor(path));
      const warnings: string[] = [];
      const stats = (name: unknown, by: unknown = 1) =>
        void counts.set(String(name), (counts.get(String(name)) ?? 0) + Number(by));
      const report = (message: unknown) => void warnings.push(String(message));
      const result = await transform({ path, source: text }, { j, jscodeshift: j, stats, report }, options);
      const after = typeof result === 'string' && result !== '' ? result : text;
      files.lay(path, after);
      const others = files.take().filter(([other]) => other !== path);
      const given = (other: string) => resolve(start.targetFolder, relative(target, other));
      return {
        kind: 'done',
        ...(after === text ? {} : { text: after }),
        others: others.map(([other, changed]): [string, string | null] => [given(other), changed]),
        warnings,
      };
    },
    finish: () => finished(start, counts),
  };
}

function finished({ state }: Start, counts: ReadonlyMap<string, number>): Answer {
  const metrics = Object.fromEntries([...counts].map(([name, count]) => [name, [{ cardinality: {}, count }]]));
  return { kind: 'finished', state, metrics };
}

function coreOf({ packageFolder, targetFolder }: Start): z.infer<typeof coreSchema> {
  for (const folder of [packageFolder, targetFolder]) {
    const require = createRequire(join(folder, 'package.json'));
    let path: string;
    try {
      path = require.resolve('jscodeshift');
    } catch {
      // Not in this place; the next one may have it.
      continue;
    }
    const parsed = coreSchema.safeParse(require(path));
    if (parsed.success) return parsed.data;
  }
  throw new Error(
    'jscodeshift is installed neither beside the transform nor in the tree: npm install --save-dev jscodeshift.',
  );
}

function transformIn(module: Readonly<Record<string, unknown>>, script: string) {
  const inner =
    typeof module.default === 'object' && module.default !== null ? { ...module, ...module.default } : module;
  const parsed = moduleSchema.safeParse(inner);
  if (!parsed.success) throw new Error(`${script} exports no function as its default.`);
  const own = parsed.data.default;
  const named = 'parser' in own && typeof own.parser === 'string' ? own.parser : undefined;
  return { transform: own, parser: parsed.data.parser ?? named };
}

/** As its command line reads them: JSON where it is JSON, else text. */
function optionsOf(params: Start['params']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? (jsonOf(value) ?? value) : value]),
  );
}

function parserFor(path: string): string {
  const extension = extname(path);
  if (extension === '.tsx') return 'tsx';
  return /^\.[cm]?ts$/.test(extension) ? 'ts' : 'babel';
}
