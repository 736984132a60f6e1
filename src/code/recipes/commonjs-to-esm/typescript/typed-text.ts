import type * as TypeScript from 'typescript';
import { EditList } from '../../../engine/edit-list.ts';
import { withLineEndsOf } from '../../../engine/line-ends.ts';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { walk } from '../reading/common-module.ts';
import { lineEnd } from '../writing/line-end.ts';
import { type Refusal, refusalAt } from './refusals.ts';
import { type TypedWriting, writeImports } from './typed-imports.ts';
import { isInType, type TypedModule } from './typed-module.ts';
import { offerOf, specifierWithFile, type TypedWorld, typedTarget } from './typed-world.ts';

/** A file of TypeScript as it is to be, or why it cannot be. */
export type TypedText = { readonly edits: readonly TextEdit[]; readonly refusals: readonly Refusal[] };

/** A file of TypeScript that was compiled to CommonJS, as one that is compiled to an ES module. Pure. */
export function typedText(module: TypedModule, world: TypedWorld): TypedText {
  const { source, text } = module;
  const quotes = module.specifiers.filter((one) => one.getText().startsWith('"')).length;
  const writing: TypedWriting = {
    module,
    world,
    edits: new EditList(),
    refusals: [],
    lines: [],
    fresh: freshNames(text),
    quote: quotes * 2 > module.specifiers.length ? '"' : "'",
    end: source.statements.some((one) => text[one.end - 1] === ';') ? ';' : '',
  };
  const imports = new EditList();
  writeImports({ ...writing, edits: imports });
  const rewritten = imports.all();
  for (const { offset, length, text: put } of rewritten) writing.edits.replace(offset, offset + length, put);
  writeSpecifiers(writing, rewritten);
  writeExportEquals(writing);
  const head = writeSurroundings(writing);
  refuseOrder(writing);
  placeLines(writing, head);
  const edits = writing.edits.all().map((edit) => ({ ...edit, text: withLineEndsOf(text, edit.text) }));
  return { edits, refusals: writing.refusals };
}

/** Names of the files that compiled code reaches. */
function writeSpecifiers({ module, world, edits, refusals }: TypedWriting, done: readonly TextEdit[]): void {
  for (const node of module.specifiers) {
    const start = node.getStart();
    if (done.some(({ offset, length }) => start >= offset && start < offset + length)) continue;
    const target = typedTarget(module, node.text, world);
    const isDynamic = ts.isCallExpression(node.parent);
    if (isDynamic && target.kind !== 'builtin') {
      const offer = offerOf(target, world);
      if (offer.kind !== 'module')
        refusals.push(refusalAt(module, node, 'a dynamic import finds another object there as an ES module'));
    }
    if (target.kind === 'local' && !/\.[cm]?ts$/.test(node.text))
      edits.replace(start + 1, node.end - 1, specifierWithFile(module.path, target.path));
    if (node.text.startsWith('.') && (target.kind === 'unknown' || target.kind === 'script'))
      refusals.push(refusalAt(module, node, `${node.text} is no file of TypeScript in the tree`));
  }
}

function writeExportEquals({ module, edits }: TypedWriting): void {
  for (const one of module.source.statements) {
    if (!ts.isExportAssignment(one) || one.isExportEquals !== true) continue;
    edits.replace(one.getStart(), one.expression.getStart(), 'export default ');
  }
}

/** What Node gives CommonJS, and an ES module makes itself; the imports that this takes. */
function writeSurroundings(writing: TypedWriting): readonly string[] {
  const { module, world, edits, lines, refusals, fresh, quote, end } = writing;
  const needs = new Set<string>();
  for (const node of module.commonNames) {
    const { parent } = node;
    const isOfMain = mainCheck(node);
    if (isOfMain === 'inner') continue;
    if (isOfMain !== undefined) {
      edits.replace(
        isOfMain.getStart(),
        isOfMain.end,
        `${isOfMain.operatorToken.getText().startsWith('!') ? '!' : ''}isMain`,
      );
      needs.add('isMain');
    } else if (node.text === '__dirname' || node.text === '__filename') {
      if (world.node.hasDirname && !ts.isShorthandPropertyAssignment(parent))
        edits.replace(node.getStart(), node.end, `import.meta.${node.text.slice(2)}`);
      else needs.add(node.text);
    } else if (node.text === 'require' && isKeptRequire(node, writing)) needs.add('require');
    else
      refusals.push(
        refusalAt(
          module,
          node,
          `\`${parent.getText().slice(0, 60)}\` has no form of ES modules that is equal for certain`,
        ),
      );
  }
  if (needs.has('isMain') && /\bisMain\b/.test(module.text))
    refusals.push(refusalAt(module, module.source, 'the name `isMain` is taken'));
  const [create, fromUrl, dirname] = ['createRequire', 'fileURLToPath', 'dirname'].map((name) =>
    module.text.includes(name) ? fresh(`${name}Of`) : name,
  );
  const named = (name: string, local: string | undefined) => (name === local ? name : `${name} as ${local}`);
  const needsUrl = needs.has('__dirname') || needs.has('__filename') || needs.has('isMain');
  if (needs.has('require')) lines.unshift(`const require = ${create}(import.meta.url)${end}`);
  if (needs.has('__filename')) lines.unshift(`const __filename = ${fromUrl}(import.meta.url)${end}`);
  if (needs.has('__dirname')) lines.unshift(`const __dirname = ${dirname}(${fromUrl}(import.meta.url))${end}`);
  if (needs.has('isMain'))
    lines.push(
      `const isMain = process.argv[1] !== undefined && ${create}(import.meta.url).resolve(process.argv[1]) === ${fromUrl}(import.meta.url)${end}`,
    );
  const from = (name: string) => `from ${quote}node:${name}${quote}${end}`;
  return [
    ...(needs.has('require') || needs.has('isMain')
      ? [`import { ${named('createRequire', create)} } ${from('module')}`]
      : []),
    ...(needs.has('__dirname') ? [`import { ${named('dirname', dirname)} } ${from('path')}`] : []),
    ...(needsUrl ? [`import { ${named('fileURLToPath', fromUrl)} } ${from('url')}`] : []),
  ];
}

/** `require.main === module`: the comparison at `require`, `inner` at `module`. */
function mainCheck(node: TypeScript.Identifier): TypeScript.BinaryExpression | 'inner' | undefined {
  const outer = node.text === 'require' ? node.parent.parent : node.parent;
  if (
    !ts.isBinaryExpression(outer) ||
    !/^(require\.main\s*[!=]==?\s*module|module\s*[!=]==?\s*require\.main)$/.test(outer.getText())
  )
    return undefined;
  return node.text === 'require' ? outer : 'inner';
}

/** A require that stays, by createRequire: of what is no file that is compiled with this one. */
function isKeptRequire(node: TypeScript.Identifier, { module, world }: TypedWriting): boolean {
  const { parent } = node;
  const call = ts.isPropertyAccessExpression(parent) && parent.name.text === 'resolve' ? parent.parent : parent;
  if (!ts.isCallExpression(call)) return false;
  const [given] = call.arguments;
  if (given === undefined || !ts.isStringLiteralLike(given)) return false;
  const { kind } = typedTarget(module, given.text, world);
  return kind === 'builtin' || kind === 'package' || kind === 'json';
}

/** An ES module evaluates its imports first: nothing that acts may stand before one. */
function refuseOrder({ module, refusals }: TypedWriting): void {
  const { statements } = module.source;
  const last = statements.findLastIndex(isRuntimeImport);
  const early = statements.slice(0, Math.max(last, 0)).find((one) => !isRuntimeImport(one) && !isIdle(one));
  if (early !== undefined)
    refusals.push(
      refusalAt(module, early, 'this runs before an import below it, and ES modules evaluate imports first'),
    );
  walk(module.source, (node) => {
    if (node.kind !== ts.SyntaxKind.ThisKeyword || isInType(node)) return;
    const holder = ts.findAncestor(
      node,
      (one) => (ts.isFunctionLike(one) && !ts.isArrowFunction(one)) || ts.isClassLike(one),
    );
    if (holder === undefined)
      refusals.push(refusalAt(module, node, '`this` outside of functions is `undefined` in an ES module'));
  });
}

function isRuntimeImport(node: TypeScript.Statement): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.isTypeOnly !== true;
  if (ts.isImportEqualsDeclaration(node)) return !node.isTypeOnly;
  return ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && !node.isTypeOnly;
}

/** Statements that do nothing when the module is loaded, or only to names of their own. */
function isIdle(node: TypeScript.Statement): boolean {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.every(
      ({ initializer: value }) =>
        value === undefined ||
        ts.isLiteralExpression(value) ||
        ts.isArrowFunction(value) ||
        ts.isFunctionExpression(value),
    );
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    (ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression))
  );
}

/** New imports stand before the first import, other lines behind the last. */
function placeLines({ module: { source, text }, edits, lines }: TypedWriting, head: readonly string[]): void {
  const imports = source.statements.filter((one) => ts.isImportDeclaration(one) || ts.isImportEqualsDeclaration(one));
  const [first] = source.statements;
  const start = (imports[0] ?? first)?.getStart() ?? text.length;
  const last = imports.at(-1);
  const behind = last === undefined ? start : lineEnd(text, last.end);
  if (head.length > 0) edits.insert(start, `${head.join('\n')}\n${last === undefined ? '\n' : ''}`);
  if (lines.length > 0)
    edits.insert(behind, `${last === undefined ? '' : '\n'}${lines.join('\n')}\n${last === undefined ? '\n' : ''}`);
}

function freshNames(text: string): (word: string) => string {
  const taken = new Set<string>();
  return (word) => {
    let name = word;
    for (let count = 2; taken.has(name) || new RegExp(`\\b${name}\\b`).test(text); count += 1) name = `${word}${count}`;
    taken.add(name);
    return name;
  };
}
