import { join, resolve, relative } from 'node:path';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { diskTree } from '#code/engine/disk-tree';
import { runProcess } from '#code/run-process';
import { openModules } from '#code/split/open-modules';
import { importCycles } from '#code/cycle/import-cycles';
import { strongComponents } from '#code/graph/strong-components';
const require = createRequire('/work/wt-e/bench/x.ts');
const root = resolve(process.argv[2]!); const only = process.argv[3] ?? '.';
process.chdir(root);
const signal = new AbortController().signal;
const tree = await diskTree({ root, runProcess, env: process.env, signal });
const { modules } = await openModules(tree, { root, signal });
const own = importCycles(modules).filter(c => c.modules.some(m => only === '.' || m.startsWith(only)));
const show = (name: string, sccs: readonly (readonly string[])[]) => {
  const all = sccs.map(s => [...s].sort()).sort((a, b) => b.length - a.length || (a[0]! < b[0]! ? -1 : 1));
  console.log(`## ${name}: ${all.length}`);
  for (const s of all) console.log(`  ${s.length}: ${s.join(' ')}`);
};
for (const k of ['load', 'lazy', 'type'] as const) show(`godwit ${k}`, own.filter(c => c.kind === k).map(c => c.modules));
const graph = (pairs: [string, string][]) => { const g = new Map<string, string[]>(); for (const [f, t] of pairs) { if (f===t) continue; if (!g.has(f)) g.set(f, []); if (!g.has(t)) g.set(t, []); g.get(f)!.push(t); } return g; };
const { cruise } = await import('dependency-cruiser');
const { default: extract } = await import('dependency-cruiser/config-utl/extract-ts-config');
const tsc = join(root, 'tsconfig.json'); const has = existsSync(tsc);
for (const pre of has ? [true, false] : [false]) {
  const a: any = await cruise([only], { tsPreCompilationDeps: pre, ...(has ? { tsConfig: { fileName: tsc } } : {}), exclude: { path: '(^|/)(node_modules|dist|coverage)/' } }, undefined, has ? { tsConfig: extract(tsc) } : {});
  const pairs: [string, string][] = a.output.modules.flatMap((m: any) => m.dependencies.filter((d: any) => !d.couldNotResolve && !d.coreModule).map((d: any) => [m.source, d.resolved]));
  show(`dependency-cruiser tsPreCompilationDeps=${pre}`, strongComponents(graph(pairs)));
  console.log('  circular edges flagged:', a.output.modules.flatMap((m: any) => m.dependencies.filter((d: any) => d.circular)).length);
}
const madge = require('madge');
const m = await madge(join(root, only), { fileExtensions: ['js', 'jsx', 'mjs', 'cjs', 'ts', 'tsx', 'mts', 'cts'], ...(has ? { tsConfig: tsc } : {}), excludeRegExp: [/(^|\/)(node_modules|dist|coverage)\//], baseDir: root });
show('madge', strongComponents(graph(Object.entries(m.obj() as Record<string, string[]>).flatMap(([f, ts]) => ts.map(t => [f, t] as [string, string])))));
console.log('  madge.circular():', m.circular().length);
