import { placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { declarationsOf, type Place } from './meanings.ts';
import type { RenameObstacle, RenameProof } from './rename-proof.ts';
import { shiftedBack } from './shifted.ts';

type Programs = { readonly before: ts.Program; readonly after: ts.Program; readonly proof: RenameProof };

/** What a module exports has to be the same, but for the new name. `export *` hides names without a word of the compiler. */
export function changedExports(path: string, { before, after, proof }: Programs): readonly RenameObstacle[] {
  const { root, edits, symbols, texts, keepsOldName } = proof;
  const old = exportsOf(before, `${root}/${path}`, { root, place: (file, offset) => `${file}:${offset}` });
  const now = exportsOf(after, `${root}/${path}`, {
    root,
    place: (file, offset) => `${file}:${shiftedBack(offset, edits.get(file))}`,
  });
  const renamed = (name: string, declared: string): string | undefined =>
    symbols.find(({ from, declared: own }) => from === name && declared.split(',').some((one) => own.has(one)))?.to;
  const wanted = new Map<string, string>();
  for (const [name, declared] of old) {
    const to = renamed(name, declared);
    const isKept = to !== undefined && now.get(to) !== declared && now.get(name) === declared;
    if (to !== undefined && !isKept) wanted.set(to, declared);
    if (to === undefined || isKept || (keepsOldName && now.get(name) === declared)) wanted.set(name, declared);
  }
  const names = [...new Set([...wanted.keys(), ...now.keys()])].filter((name) => wanted.get(name) !== now.get(name));
  return names.map((name) => ({
    file: path,
    line: lineOf(path, { text: texts.get(path) ?? '', name }),
    why: `it would export ${now.has(name) ? 'something else' : 'nothing'} as \`${name}\`${wanted.has(name) ? '' : ', which it does not export now'}`,
  }));
}

function lineOf(path: string, { text, name }: { readonly text: string; readonly name: string }): number {
  const at = text.search(new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`));
  return placeAt(path, text, { offset: Math.max(0, at), length: 0 }).line;
}

/** What a module exports under which name, with the places of its declarations; of CommonJS the keys of `module.exports`. */
export function exportsOf(
  program: ts.Program,
  path: string,
  options: { readonly root: string; readonly place: Place },
): ReadonlyMap<string, string> {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (file === undefined || module === undefined) return new Map();
  const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  const keys =
    whole === undefined || !/\.c?jsx?$/.test(path)
      ? []
      : checker.getPropertiesOfType(checker.getTypeOfSymbolAtLocation(whole, file));
  return new Map(
    [...keys, ...checker.getExportsOfModule(module)].map((symbol) => [
      symbol.name,
      declarationsOf(symbol, checker, options).toSorted().join(),
    ]),
  );
}
