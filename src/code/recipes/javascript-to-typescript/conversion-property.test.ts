import fc from 'fast-check';
import { expect, it } from 'vitest';
import { typedModule } from '../../../../test/support/typed-module.ts';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import ts from '../../typescript.cts';
import { virtualTree } from './compiler/virtual-tree.ts';
import { emitDifference } from './proof.ts';
import { javascriptToTypescript } from './recipe.ts';

const seed = Number(process.env.TYPES_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.TYPES_RUNS ?? 10);
const { signal } = new AbortController();
const manifest = { 'package.json': '{ "name": "generated", "private": true, "type": "module" }\n' };
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  target: ts.ScriptTarget.ES2023,
  types: [],
};

it(`types in comments mean the same as types in code (seed ${seed}, ${runs} modules)`, async () => {
  await fc.assert(
    fc.asyncProperty(typedModule, async (text) => {
      const files = { ...manifest, 'main.js': text };
      const run = await runRecipe(javascriptToTypescript, memoryTree(files), { params: {}, signal });
      const made = run.changes.find(({ path }) => path === 'main.ts')?.after ?? '';
      const shown = `${text}\n// becomes\n${made}\n${run.unresolved.map(({ message }) => message).join('\n')}`;
      expect(run.faults, shown).toEqual([]);
      expect(
        run.unresolved.filter(({ severity }) => severity === 'warning'),
        shown,
      ).toEqual([]);
      expect(emitDifference({ path: 'main.js', text }, { path: 'main.ts', text: made }), shown).toBeUndefined();
      const [before, after] = [await meanings('main.js', text), await meanings('main.ts', made)];
      expect(after.faults, shown).toEqual([]);
      expect(after.types, shown).toEqual(before.types);
    }),
    { seed, numRuns: runs, endOnFailure: process.env.TYPES_SHRINK === undefined },
  );
}, 300_000);

/** Every export with its type as the compiler says it, under all flags of `strict`. */
async function meanings(path: string, text: string) {
  const world = virtualTree({
    paths: [path],
    read: () => Promise.resolve(undefined),
    installed: () => Promise.resolve(undefined),
    published: () => Promise.resolve({ why: 'There is no registry.' }),
  });
  const { checker, source, diagnostics } = await world.project(new Map([[path, text]]), options);
  const file = source(path);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  const exported = module === undefined ? [] : checker.getExportsOfModule(module);
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;
  const types = exported.map((symbol) => {
    const isType = (symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class)) !== 0;
    const type = isType ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
    const members = (symbol.flags & ts.SymbolFlags.Class) === 0 ? [] : checker.getPropertiesOfType(type);
    const said = members.map(
      (member) => `${member.name}: ${checker.typeToString(checker.getTypeOfSymbol(member), undefined, flags)}`,
    );
    return `${symbol.name}: ${checker.typeToString(type, undefined, flags)} ${said.sort().join('; ')}`;
  });
  return { types: types.sort(), faults: diagnostics(path).map(({ messageText }) => messageText) };
}
