import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../engine/bindings.ts';
import type { CodeStyle } from '../../engine/code.ts';
import { codeStyleOf } from '../../engine/code-style.ts';
import { homesIn } from '../../engine/homes.ts';
import type { RecipeFile, TextEdit, TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../recipe.ts';
import { type AxiosFile, axiosFile } from './reading/axios-uses.ts';
import { type OpenEnds, openEnds } from './reading/open-ends.ts';
import { packageRefusals, readPackage, type SourcePackage, typesRefusal } from './reading/source-package.ts';
import { nameWritten, type TakenName } from './reading/taken-names.ts';
import { clientPath, wayToClient } from './writing/client-place.ts';
import { clientSource, type ModuleForm } from './writing/client-source.ts';
import { withoutAxios } from './writing/manifest.ts';

/** Rewrites each file whose every use of axios is proven equal, writes the client, and takes out what nothing uses. */
export async function convert(tree: TreeView): Promise<TreeTransformed> {
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  const homes = await homesIn(tree);
  for (const home of homes.values()) {
    const source = await readPackage(tree, home, homes);
    const done =
      source.naming.length === 0
        ? undefined
        : convertPackage(source, {
            paths: new Set(tree.paths),
            isAlone: homes.size === 1,
            style: await codeStyleOf(
              tree,
              home.path,
              source.naming.map(({ text }) => text),
            ),
          });
    edits.push(...(done?.edits ?? []));
    unresolved.push(...(done?.unresolved ?? []));
  }
  return { edits, unresolved };
}

type Surroundings = { readonly paths: ReadonlySet<string>; readonly isAlone: boolean; readonly style: CodeStyle };

function convertPackage(source: SourcePackage, { paths, isAlone, style }: Surroundings): TreeTransformed {
  const refusals = packageRefusals(source);
  if (refusals.length > 0) return { edits: [], unresolved: refusals };
  const { ready, left } = decided(source, openEnds(source, isAlone));
  const form = formOf(ready);
  const users = ready.map(({ file }) => file.path);
  const own = source.client?.form === form ? source.client.path : undefined;
  const client = own ?? clientPath(source, users, form);
  if (ready.length === 0 || (own === undefined && paths.has(client))) {
    const taken = ready.map(({ file }) => leftWhole(file, `${client} is there already`));
    return { edits: [], unresolved: [...left, ...taken] };
  }
  const isGone = ready.length === source.naming.length && source.named.length === 0;
  return {
    edits: [
      ...(own === undefined ? [{ kind: 'write', path: client, text: clientSource(form, style) } as const] : []),
      ...ready.map(({ file, taken }) => rewrite(file, taken, wayToClient(file.path, client, source))),
      ...(isGone ? withoutAxios(source.home.path, source.manifest) : []),
    ],
    unresolved: left,
  };
}

type Ready = { readonly file: RecipeFile; readonly taken: readonly TakenName[] };
type Decided = { readonly ready: readonly Ready[]; readonly left: readonly TreeUnresolved[] };

/** Which files are rewritten: the client is one file, and what crosses from file to file must mean the same in all. */
function decided(source: SourcePackage, ends: OpenEnds): Decided {
  const read = source.naming.map((file) => ({ file, ...readFile(file, source, ends) }));
  const isTyped =
    source.client?.form === 'typescript' || read.some(({ file, left }) => isTypescript(file) && left.length === 0);
  const sorted = read.map((one) =>
    isTyped && one.left.length === 0 && !isTypescript(one.file)
      ? {
          ...one,
          left: [
            leftWhole(one.file, 'the client of this package is TypeScript, which JavaScript cannot load as it is'),
          ],
        }
      : one,
  );
  const why = crossing(
    sorted.flatMap(({ file, left }) => (left.length > 0 ? [file] : [])),
    source,
  );
  if (why !== undefined)
    return { ready: [], left: sorted.flatMap(({ file, left }) => (left.length > 0 ? left : [leftWhole(file, why)])) };
  return {
    ready: sorted.filter(({ left }) => left.length === 0),
    left: sorted.flatMap(({ left }) => left),
  };
}

type Read = { readonly taken: readonly TakenName[]; readonly left: readonly TreeUnresolved[] };

function readFile(file: RecipeFile, source: SourcePackage, ends: OpenEnds): Read {
  const why = isTypescript(file) ? typesRefusal(source) : undefined;
  if (/\.(cts|[jt]sx)$/.test(file.path))
    return { taken: [], left: [leftWhole(file, 'JSX and .cts are not rewritten')] };
  if (why !== undefined) return { taken: [], left: [leftWhole(file, why)] };
  const uses = axiosFile(file.path, file.root(), ends);
  return uses === undefined
    ? { taken: [], left: [leftWhole(file, 'how it names axios is not read')] }
    : { taken: uses.taken, left: leftIn(uses) };
}

function isTypescript({ path }: RecipeFile): boolean {
  return /\.[cm]?ts$/.test(path);
}

/** Why no file may change while some stay: errors are told apart by a class that there would be twice, answers by a type. */
function crossing([first, ...others]: readonly RecipeFile[], { texts }: SourcePackage): string | undefined {
  if (first === undefined) return undefined;
  const asking = [...texts].find(([, text]) => /\binstanceof\s+[\w.]*AxiosError\b/.test(text))?.[0];
  if (asking !== undefined) return `${first.path} stays, and ${asking} tells errors of axios apart by their class`;
  const typed = [first, ...others].find((file) => isTypescript(file) && /\b(Raw)?Axios[A-Z]\w*/.test(file.text));
  return typed === undefined ? undefined : `${typed.path} stays, and names types of axios`;
}

function formOf(ready: readonly Ready[]): ModuleForm {
  if (ready.some(({ file }) => isTypescript(file))) return 'typescript';
  const isImported = ready.every(({ taken }) => taken.every(({ binding }) => binding.form === 'import'));
  return isImported ? 'module' : 'commonjs';
}

function leftIn({ path, refusals }: AxiosFile): readonly TreeUnresolved[] {
  return refusals.map(({ node, why }) => {
    const { start, end } = node.range();
    return {
      path,
      offset: start.index,
      length: end.index - start.index,
      message: `axios stays in this file: ${why}.`,
      cure: 'Write it in a form that is proven (docs/axios-to-fetch.md), or leave it: both can live side by side.',
      symbol: 'axios',
    };
  });
}

function leftWhole({ path, text }: RecipeFile, why: string): TreeUnresolved {
  const offset = Math.max(text.search(/["'`]axios/), 0);
  const cure = 'Rewrite it by hand, or leave it: both can live side by side.';
  return { path, offset, length: 'axios'.length, message: `axios stays in this file: ${why}.`, cure, symbol: 'axios' };
}

function rewrite(file: RecipeFile, taken: readonly TakenName[], way: string): TreeEdit {
  const statements = new Map(taken.map(({ binding }) => [binding.statement.id(), binding]));
  const edits = [...statements.values()].flatMap(({ statement, specifier }) => {
    const own = taken.flatMap(({ binding }) => (binding.statement.id() === statement.id() ? [binding] : []));
    const quote = specifier.text().slice(0, 1);
    const path = `${quote}${way}${quote}`;
    const clause = statement.children().find((one) => one.is('import_clause'));
    if (clause !== undefined)
      return [replaced(clause, `{ ${own.map(importedAs).join(', ')} }`), replaced(specifier, path)];
    const pattern = own.map((one) => named(nameWritten(one), one.local, ': ')).join(', ');
    return [
      ...replacedField(statement, 'name', `{ ${pattern} }`),
      ...replacedField(statement, 'value', `require(${path})`),
    ];
  });
  return { kind: 'edit', path: file.path, edits };
}

function importedAs(binding: Binding): string {
  const isMarked =
    binding.node.parent()?.is('import_specifier') === true && binding.node.parent()?.text().startsWith('type ');
  return `${isMarked ? 'type ' : ''}${named(nameWritten(binding), binding.local, ' as ')}`;
}

function named(name: string, local: string, as: string): string {
  return name === local ? name : `${name}${as}${local}`;
}

function replacedField(node: SgNode, field: string, text: string): readonly TextEdit[] {
  const part = node.field(field);
  return part === null ? [] : [replaced(part, text)];
}

function replaced(node: SgNode, text: string): TextEdit {
  const { start, end } = node.range();
  return { offset: start.index, length: end.index - start.index, text };
}
