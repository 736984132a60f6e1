import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runsOf, seed } from '../../../../test/support/seed.ts';
import { typedModule } from '../../../../test/support/typed-module.ts';
import { emitDifference } from '../../compiler/emit-difference.ts';
import { virtualTree } from '../../compiler/virtual-tree.ts';
import { memoryTree } from '../../engine/memory-tree.ts';
import { runRecipe } from '../../engine/run-recipe.ts';
import ts from '../../typescript.cts';
import { javascriptToTypescript } from './recipe.ts';

const runs = runsOf(6);
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
      const { faults, before, after, unequal } = await meanings(text, made);
      expect(faults, shown).toEqual([]);
      expect(after, shown).toEqual(before);
      expect(unequal, shown).toEqual([]);
    }),
    { seed, numRuns: runs, endOnFailure: process.env.SHRINK === undefined },
  );
}, 300_000);

const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias;

/** Every export with its type as the compiler says it, in both modules, and those that cannot stand for each other. */
async function meanings(text: string, made: string) {
  const world = virtualTree({
    paths: [],
    links: new Map(),
    read: () => Promise.resolve(undefined),
    installed: () => Promise.resolve(undefined),
    published: () => Promise.resolve({ why: 'There is no registry.' }),
  });
  const texts = new Map([
    ['before.js', text],
    ['after.ts', made],
  ]);
  const { checker, source, diagnostics } = await world.project(texts, options);
  const exportsOf = (path: string): readonly ts.Symbol[] => {
    const file = source(path);
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    return module === undefined ? [] : checker.getExportsOfModule(module);
  };
  const typeOf = (symbol: ts.Symbol): ts.Type =>
    (symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class)) === 0
      ? checker.getTypeOfSymbol(symbol)
      : checker.getDeclaredTypeOfSymbol(symbol);
  const [old, now] = [exportsOf('before.js'), exportsOf('after.ts')];
  const unequal = old.flatMap((symbol) => {
    const other = now.find(({ name }) => name === symbol.name);
    // Type parameters of two classes never stand for each other.
    if (other === undefined || (symbol.flags & ts.SymbolFlags.Class) !== 0) return [];
    const [one, two] = [typeOf(symbol), typeOf(other)];
    return checker.isTypeAssignableTo(one, two) && checker.isTypeAssignableTo(two, one) ? [] : [symbol.name];
  });
  const said = (symbol: ts.Symbol): string => {
    const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0;
    const members = isClass ? checker.getPropertiesOfType(typeOf(symbol)) : [];
    const types = [typeOf(symbol), ...members.map((member) => checker.getTypeOfSymbol(member))];
    const names = [symbol.name, ...members.map(({ name }) => name)];
    return names
      .map((name, at) => `${name}: ${plain(types[at], checker)}`)
      .sort()
      .join('; ');
  };
  return {
    before: old.map(said).sort(),
    after: now.map(said).sort(),
    unequal,
    faults: ['before.js', 'after.ts'].flatMap((path) => diagnostics(path).map(({ messageText }) => messageText)),
  };
}

function plain(type: ts.Type | undefined, checker: ts.TypeChecker): string {
  if (type === undefined) return '';
  const text = `type Plain = ${checker.typeToString(type, undefined, flags)}`;
  return formOf(ts.createSourceFile('plain.ts', text, ts.ScriptTarget.ES2023, true));
}

/** The form of a type without parentheses and without `undefined` in unions, which the compiler shows now and then. */
function formOf(node: ts.Node): string {
  if (ts.isParenthesizedTypeNode(node)) return formOf(node.type);
  const children: string[] = [];
  ts.forEachChild(node, (child) => {
    const isOptional = ts.isUnionTypeNode(node) && child.kind === ts.SyntaxKind.UndefinedKeyword;
    if (!isOptional && child.kind !== ts.SyntaxKind.EndOfFileToken) children.push(formOf(child));
  });
  if (children.length === 0) return node.getText();
  if (ts.isUnionTypeNode(node) && children.length === 1) return children.join('');
  const operator = ts.isTypeOperatorNode(node) ? node.operator : '';
  return `${ts.SyntaxKind[node.kind]}${operator}(${children.join(', ')})`;
}
