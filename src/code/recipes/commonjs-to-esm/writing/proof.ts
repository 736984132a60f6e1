import type * as TypeScript from 'typescript';
import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import { targetOf } from '../deciding/target.ts';
import type { World } from '../deciding/world.ts';
import type { CommonModule } from '../reading/common-module.ts';
import { walk } from '../reading/common-module.ts';
import { moduleExports } from '../reading/module-exports.ts';

/** A file as it is to be, with what it was. */
export type Planned = { readonly module: CommonModule; readonly path: string; readonly text: string };

/** What does not hold of a planned file: it is no strict module (`syntax`), or a specifier does not reach what it has to (`reach`). */
export type Flaw = { readonly path: string; readonly kind: 'syntax' | 'reach'; readonly why: string };

/** Reads the planned files once more: each is a module, each specifier reaches the file that it reached, each name is there. Pure. */
export function flawsOf(
  planned: readonly Planned[],
  { world, placeOf }: { readonly world: World; readonly placeOf: (path: string) => string },
): readonly Flaw[] {
  const syntax = strictFaults(planned);
  if (syntax.length > 0) return syntax.map(({ path, why }) => ({ path, kind: 'syntax', why }));
  const exported = new Map(planned.map(({ path, text }) => [path, new Set(moduleExports(text).own)]));
  return planned.flatMap((one) => reachFlaws(one, { world, placeOf, exported }));
}

/** Where a fault of the planned text stands in the text of before: all of the file where it is of what is planned alone. Pure. */
export function placeOfFault(module: CommonModule, why: string): TypeScript.Node {
  const fault = strictFaults([module]).find((one) => one.why === why);
  let found: TypeScript.Node = module.source;
  if (fault !== undefined)
    walk(module.source, (node) => {
      if (node.getStart() <= fault.offset && fault.offset < node.end) found = node;
    });
  return found;
}

type Fault = { readonly path: string; readonly why: string; readonly offset: number };

/** The first that the compiler has against each text as plain JavaScript: of the grammar, and of strict code. */
function strictFaults(planned: readonly { readonly path: string; readonly text: string }[]): readonly Fault[] {
  const texts = new Map(
    planned.map((one, at) => [
      `/${at}/${one.path
        .split('/')
        .at(-1)
        ?.replace(/(\.[cm]?jsx?)?$/, '.mjs')}`,
      one,
    ]),
  );
  const options: TypeScript.CompilerOptions = {
    allowJs: true,
    noLib: true,
    noResolve: true,
    noEmit: true,
    target: ts.ScriptTarget.Latest,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    jsx: ts.JsxEmit.Preserve,
    types: [],
  };
  const host: TypeScript.CompilerHost = {
    getSourceFile: (name, target) => {
      const one = texts.get(name);
      return one === undefined ? undefined : ts.createSourceFile(name, one.text, target, true, ts.ScriptKind.JSX);
    },
    getDefaultLibFileName: () => '/lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => texts.has(name),
    readFile: (name) => texts.get(name)?.text,
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts].flatMap(([name, { path }]) => {
    const source = program.getSourceFile(name);
    const [first] =
      source === undefined
        ? []
        : [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return first === undefined
      ? []
      : [{ path, offset: first.start ?? 0, why: ts.flattenDiagnosticMessageText(first.messageText, ' ') }];
  });
}

type Known = {
  readonly world: World;
  readonly placeOf: (path: string) => string;
  readonly exported: ReadonlyMap<string, ReadonlySet<string>>;
};

function reachFlaws({ module, path, text }: Planned, { world, placeOf, exported }: Known): readonly Flaw[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JSX);
  const flaw = (why: string): Flaw => ({ path, kind: 'reach', why });
  const flaws: Flaw[] = [];
  const reached = new Set<string>();
  const see = (specifier: string, wanted: readonly string[]): void => {
    if (!specifier.startsWith('.')) return;
    const target = joined(folderPath(path), specifier);
    reached.add(target);
    const names = exported.get(target);
    const missing = names === undefined ? undefined : wanted.find((name) => !names.has(name));
    if (missing !== undefined) flaws.push(flaw(`${specifier} does not export ${missing}`));
  };
  walk(source, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      see(node.moduleSpecifier.text, namesTaken(node));
    if (!ts.isCallExpression(node)) return;
    const [given] = node.arguments;
    if (given === undefined || !ts.isStringLiteralLike(given)) return;
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) see(given.text, []);
    if (node.expression.getText() === 'require' && given.text.startsWith('.')) {
      const found = [
        given.text,
        `${given.text}.js`,
        `${given.text}.json`,
        `${given.text}/index.js`,
        `${given.text}/index.json`,
      ]
        .map((one) => joined(folderPath(path), one))
        .find((one) => reachable(one, { world, placeOf }));
      if (found !== undefined) reached.add(found);
    }
  });
  for (const call of module.requires) {
    const target = targetOf(module, call, world);
    const wanted = target.kind === 'local' || target.kind === 'json' ? target.path : undefined;
    if (wanted !== undefined && !reached.has(placeOf(wanted)))
      flaws.push(flaw(`${call.specifier} does not reach ${placeOf(wanted)} any more`));
  }
  for (const target of reached) if (!reachable(target, { world, placeOf })) flaws.push(flaw(`${target} is not there`));
  return flaws;
}

function reachable(path: string, { world, placeOf }: Pick<Known, 'world' | 'placeOf'>): boolean {
  if (world.files.has(path)) return placeOf(path) === path;
  return [...world.modules.keys()].some((one) => placeOf(one) === path);
}

function namesTaken({ importClause }: TypeScript.ImportDeclaration): readonly string[] {
  if (importClause === undefined) return [];
  const { name, namedBindings } = importClause;
  const named = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  return [...(name === undefined ? [] : ['default']), ...named.map((one) => (one.propertyName ?? one.name).text)];
}
