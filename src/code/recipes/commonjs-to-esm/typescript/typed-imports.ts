import type * as TypeScript from 'typescript';
import type { EditList } from '../../../engine/edit-list.ts';
import ts from '../../../typescript.cts';
import { type Refusal, refusalAt } from './refusals.ts';
import { type NameUse, type TypedModule, useOfName } from './typed-module.ts';
import {
  type Offer,
  offerOf,
  specifierWithFile,
  type TypedTarget,
  type TypedWorld,
  typedTarget,
} from './typed-world.ts';

/** What is written while a file is turned. */
export type TypedWriting = {
  readonly module: TypedModule;
  readonly world: TypedWorld;
  readonly edits: EditList;
  readonly refusals: Refusal[];
  /** Statements that stand behind the imports. */
  readonly lines: string[];
  /** A name that nothing in the file has. */
  readonly fresh: (word: string) => string;
  readonly quote: string;
  readonly end: string;
};

/** The parts of an import as they are to be written. */
type Clause = { default?: string; whole?: string; readonly names: string[] };
type Declaration = TypeScript.ImportDeclaration | TypeScript.ImportEqualsDeclaration;

/** Writes the imports of a file as an ES module needs them; what cannot be proved is refused at its place. */
export function writeImports(writing: TypedWriting): void {
  for (const statement of writing.module.source.statements) {
    if (ts.isImportDeclaration(statement)) writeImport(statement, writing);
    else if (ts.isImportEqualsDeclaration(statement)) writeImportEquals(statement, writing);
    else if (ts.isExportDeclaration(statement)) checkExport(statement, writing);
  }
}

function writeImport(node: TypeScript.ImportDeclaration, writing: TypedWriting): void {
  const { importClause: clause, moduleSpecifier } = node;
  if (clause === undefined || clause.isTypeOnly || !ts.isStringLiteral(moduleSpecifier)) return;
  const target = typedTarget(writing.module, moduleSpecifier.text, writing.world);
  const offer = offerOf(target, writing.world);
  const { namedBindings: bindings } = clause;
  const elements = bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
  const made: Clause = { names: [] };
  const isUsed = [
    clause.name,
    ...elements.map((one) => one.name),
    bindings && 'name' in bindings ? bindings.name : undefined,
  ].some((name) => name !== undefined && useOfName(writing.module, name).isValue);
  if (!isUsed && offer.kind !== 'json') return;
  if (offer.kind === 'none' || asksParent(target)) {
    refuse(writing, node, missing(moduleSpecifier.text, target));
    return;
  }
  if (clause.name !== undefined) takeDefault(clause.name, offer, { made, writing, node });
  if (bindings !== undefined && ts.isNamespaceImport(bindings))
    takeWhole(bindings.name, offer, { made, writing, node });
  takeNames(elements, offer, { made, writing, node });
  put(node, { made, target, specifier: moduleSpecifier.text }, writing);
}

type Taking = { readonly made: Clause; readonly writing: TypedWriting; readonly node: Declaration };

function takeDefault(name: TypeScript.Identifier, offer: Offer, { made, writing, node }: Taking): void {
  const { world, module } = writing;
  const isSame = offer.kind !== 'common' || (world.hasInterop && !offer.isCompiled);
  if (offer.kind === 'module' && offer.names?.has('default') === false) {
    refuse(writing, node, 'the package has no default for `import`');
    return;
  }
  if (isSame || !useOfName(module, name).isValue) made.default = name.text;
  else if (useOfName(module, name).isType)
    refuse(writing, node, `\`${name.text}\` is \`exports.default\` of CommonJS, used as value and as type`);
  else {
    made.default = writing.fresh(`${name.text}Module`);
    writing.lines.push(`const ${name.text} = ${made.default}.default${writing.end}`);
  }
}

function takeWhole(name: TypeScript.Identifier, offer: Offer, { made, writing, node }: Taking): void {
  const use = useOfName(writing.module, name);
  const isThere = [...use.members].every(
    (one) => offer.kind !== 'json' && offer.kind !== 'none' && hasName(offer.names, one),
  );
  const isWhole = use.isCalled || use.isPassed;
  if (offer.kind === 'json') {
    if (isWhole || use.members.has('default')) refuse(writing, node, 'the whole of a JSON module is used');
    made.default = name.text;
  } else if (offer.kind === 'module') {
    if (!isThere || use.isCalled)
      refuse(writing, node, `\`import\` does not find there what is taken of \`${name.text}\``);
    made.whole = name.text;
  } else if (offer.kind === 'common') {
    const isPlain = isThere && !isWhole && !use.members.has('default');
    if (isPlain) made.whole = name.text;
    else if (isSafeAsDefault(use, offer, writing.world)) made.default = name.text;
    else refuse(writing, node, `\`${name.text}\` is used as a whole, which is another object for an ES module`);
  }
}

/** Where the namespace was `module.exports` itself, or a copy of its own names of which no other is taken. */
function isSafeAsDefault(
  use: NameUse,
  offer: Offer & { readonly kind: 'common' },
  { hasInterop }: TypedWorld,
): boolean {
  if (offer.isCompiled || !hasInterop) return true;
  return !use.isCalled && !use.isPassed && !use.members.has('default');
}

function takeNames(
  elements: readonly TypeScript.ImportSpecifier[],
  offer: Offer,
  { made, writing, node }: Taking,
): void {
  const taken: string[] = [];
  for (const one of elements) {
    const from = (one.propertyName ?? one.name).text;
    const use = useOfName(writing.module, one.name);
    const isThere = offer.kind !== 'json' && offer.kind !== 'none' && hasName(offer.names, from);
    const isOther = from === 'default' && offer.kind === 'common';
    if (one.isTypeOnly || (!use.isValue && offer.kind !== 'json') || (isThere && !isOther))
      made.names.push(one.getText());
    else if (use.isType || offer.kind === 'module' || isOther)
      refuse(writing, node, `\`import\` does not find the name \`${from}\` there`);
    else taken.push(from === one.name.text ? from : `${from}: ${one.name.text}`);
  }
  if (taken.length === 0) return;
  made.default ??= writing.fresh(nameFor(node));
  writing.lines.push(`const { ${taken.join(', ')} } = ${made.default}${writing.end}`);
}

function writeImportEquals(node: TypeScript.ImportEqualsDeclaration, writing: TypedWriting): void {
  const reference = node.moduleReference;
  if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteralLike(reference.expression)) return;
  const { text } = reference.expression;
  if (ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)) {
    refuse(writing, node, '`export import` has no form of ES modules');
    return;
  }
  const target = typedTarget(writing.module, text, writing.world);
  const offer = offerOf(target, writing.world);
  const use = useOfName(writing.module, node.name);
  const made: Clause = { names: [] };
  if (use.isValue && (offer.kind === 'none' || asksParent(target))) {
    refuse(writing, node, missing(text, target));
    return;
  }
  if (offer.kind === 'module') {
    const isThere = [...use.members].every((one) => hasName(offer.names, one));
    if (!isThere || use.isCalled) {
      refuse(writing, node, '`import` finds another shape there than `require`');
      return;
    }
    made.whole = node.name.text;
  } else made.default = node.name.text;
  put(node, { made, target, specifier: text }, writing);
}

/** What another module passes on has to be there by name. */
function checkExport(node: TypeScript.ExportDeclaration, writing: TypedWriting): void {
  const { moduleSpecifier, exportClause, isTypeOnly } = node;
  if (isTypeOnly || moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return;
  const offer = offerOf(typedTarget(writing.module, moduleSpecifier.text, writing.world), writing.world);
  if (offer.kind === 'module' && offer.names === undefined) return;
  const names =
    exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.filter((one) => !one.isTypeOnly).map((one) => (one.propertyName ?? one.name).text)
      : undefined;
  const isThere =
    offer.kind === 'module'
      ? names?.every((one) => hasName(offer.names, one)) !== false
      : offer.kind === 'common' && names?.every((one) => one !== 'default' && hasName(offer.names, one)) === true;
  if (!isThere)
    refuse(writing, node, `it is not certain that \`import\` finds in ${moduleSpecifier.text} all that is passed on`);
}

type Put = { readonly made: Clause; readonly target: TypedTarget; readonly specifier: string };

function put(node: Declaration, { made, target, specifier }: Put, writing: TypedWriting): void {
  const { quote, end, module, world } = writing;
  const path =
    target.kind === 'local' || target.kind === 'json' ? specifierWithFile(module.path, target.path) : specifier;
  const parts = [
    ...(made.default === undefined ? [] : [made.default]),
    ...(made.whole === undefined ? [] : [`* as ${made.whole}`]),
    ...(made.names.length === 0 ? [] : [`{ ${made.names.join(', ')} }`]),
  ];
  if (target.kind === 'json' && !world.node.hasAttributes) {
    refuse(
      writing,
      node,
      'JSON can be imported from Node 20.10 on, and `engines` in package.json does not promise that',
    );
    return;
  }
  const attributes = target.kind === 'json' ? ` with { type: ${quote}json${quote} }` : '';
  const isType = ts.isImportEqualsDeclaration(node) && node.isTypeOnly ? 'type ' : '';
  const text = `import ${isType}${parts.join(', ')} from ${quote}${path}${quote}${attributes}${end}`;
  if (isUnchanged(node, made, target)) return;
  writing.edits.replace(node.getStart(), node.end, text);
}

/** Only its specifier may have to change, which is written elsewhere. */
function isUnchanged(node: Declaration, made: Clause, target: TypedTarget): boolean {
  if (target.kind === 'json' || !ts.isImportDeclaration(node)) return false;
  const { name, namedBindings } = node.importClause ?? {};
  const whole =
    namedBindings !== undefined && ts.isNamespaceImport(namedBindings) ? namedBindings.name.text : undefined;
  const names = namedBindings !== undefined && ts.isNamedImports(namedBindings) ? namedBindings.elements.length : 0;
  return name?.text === made.default && whole === made.whole && names === made.names.length;
}

function hasName(names: ReadonlySet<string> | undefined, name: string): boolean {
  return names === undefined || names.has(name);
}

function nameFor(node: Declaration): string {
  const word = /([\w-]+)(?:\.\w+)?['"]\)?\s*;?\s*$/.exec(node.getText())?.[1] ?? 'imported';
  return word.replace(/^\d+/, '').replace(/-+(\w)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
}

function asksParent(target: TypedTarget): boolean {
  return target.kind === 'package' && target.facts.asksParent;
}

function missing(specifier: string, target: TypedTarget): string {
  if (asksParent(target))
    return `${specifier} looks at the module that requires it (\`module.parent\`), which an import does not give it`;
  return target.kind === 'script'
    ? `${specifier} is JavaScript of the tree, which is not turned together with TypeScript`
    : `${specifier} is not installed, or no file of the tree: what it offers cannot be read`;
}

function refuse({ module, refusals }: TypedWriting, node: TypeScript.Node, why: string): void {
  refusals.push(refusalAt(module, node, why));
}
