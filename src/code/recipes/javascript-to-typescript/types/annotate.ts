import { EditList } from '../../../engine/edit-list.ts';
import type { Edge } from '../../../graph/module-graph.ts';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { writeClass, writeMember } from './class-types.ts';
import { indentOf, jsDocsIn, partsOf, proseOf, rewriteComment } from './jsdoc-comments.ts';
import { writeSignature } from './signature.ts';
import { aliasesOf } from './type-aliases.ts';
import { typeImports } from './type-imports.ts';
import { typeText } from './type-text.ts';
import type { Signed, Writing } from './writing.ts';

/** Something of a file that has no form in TypeScript that leaves its code alone. */
export type Block = {
  readonly offset: number;
  readonly length: number;
  readonly why: string;
  /** The specifier in it for which it stays. */
  readonly specifier?: string;
  /** The pattern by which another file finds it. */
  readonly pattern?: Pick<Edge, 'from' | 'specifier' | 'offset' | 'length'>;
  /** The place of another file that finds it when it runs: its code, and what that does. */
  readonly place?: Pick<Edge, 'from' | 'offset' | 'length'> & {
    readonly code: string;
    readonly says: string;
    readonly cure: string;
  };
};

/** A file with its JSDoc as types, or why it stays JavaScript; and the comments with types that found no place. */
export type Annotated = {
  readonly edits: readonly TextEdit[];
  readonly blocks: readonly Block[];
  readonly untold: readonly Block[];
  /** By class, in their order: the declared fields whose type no comment says. */
  readonly unsaid: readonly (readonly string[])[];
};

/** What the compiler knows of a file as JavaScript: the type of a thing, as text. */
export type Known = {
  /** Types of what a class sets on `this` and does not declare. */
  fieldsOf(node: ts.ClassLikeDeclaration): readonly { readonly name: string; readonly type: string }[];
  /** The type of an empty object that gets its properties later. */
  growing(node: ts.VariableDeclaration): string | undefined;
  /** The one signature of the type that a comment gives to a function as a whole. */
  signed(node: ts.SignatureDeclaration): Signed | undefined;
};

/** Turns the types in the comments of a JavaScript file into TypeScript. The code itself is not touched. Pure. */
export function annotate(source: ts.SourceFile, known: Known, { isJsx }: { readonly isJsx: boolean }): Annotated {
  const edits = new EditList();
  const spent = new Set<ts.JSDocTag>();
  const blocks: Block[] = [];
  const imports = typeImports(source);
  const placeOf = (node: ts.Node) => ({ offset: node.getStart(source), length: node.getWidth(source) });
  const writing: Writing = {
    source,
    edits,
    spent,
    isJsx,
    end: endOf(source),
    claim: imports.claim,
    block: (node, why) => blocks.push({ ...placeOf(node), why }),
    signed: known.signed,
  };
  const unsaid: (readonly string[])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) unsaid.push(writeClass(node, writing, known.fieldsOf(node)));
    writeNode(node, writing, known);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const untold: Block[] = [];
  for (const comment of jsDocsIn(source)) {
    const gone = writeAliases(comment, writing);
    for (const tag of [...(comment.tags ?? [])]) {
      if (spent.has(tag)) for (const part of partsOf(tag)) spent.add(part);
      else if (!gone.has(tag) && isTyped(tag))
        untold.push({ ...placeOf(tag), length: tag.tagName.getEnd() - tag.pos, why: tag.tagName.text });
      if (tag.tagName.text === 'overload') blocks.push({ ...placeOf(tag), why: 'it has overloads in comments' });
    }
    rewriteComment(comment, { source, spent, gone, isDescribed: gone.size > 0 && proseOf(comment) !== '', edits });
  }
  const { text, at } = imports.written(writing.end);
  if (text !== '') edits.lead(at, text);
  return { edits: edits.all(), blocks, untold, unsaid };
}

function isTyped(tag: ts.JSDocTag): boolean {
  return (
    (ts.isJSDocParameterTag(tag) ||
      ts.isJSDocReturnTag(tag) ||
      ts.isJSDocTypeTag(tag) ||
      ts.isJSDocThisTag(tag) ||
      ts.isJSDocSatisfiesTag(tag)) &&
    tag.typeExpression !== undefined
  );
}

function writeNode(node: ts.Node, writing: Writing, known: Known): void {
  if (ts.isFunctionLike(node) && 'body' in node && !ts.isJSDocSignature(node)) writeSignature(node, writing);
  if (ts.isClassElement(node)) writeMember(node, writing);
  if (ts.isVariableDeclaration(node)) writeVariable(node, writing, known);
  if (ts.isPropertyAssignment(node)) writeAssertion(node, node.initializer, writing);
  if (ts.isExportAssignment(node)) writeAssertion(node, node.expression, writing);
  if (ts.isParenthesizedExpression(node)) writeCast(node, writing);
}

function writeVariable(node: ts.VariableDeclaration, writing: Writing, known: Known): void {
  const { edits, spent } = writing;
  const tag = ts.getJSDocTypeTag(node);
  const listed = ts.getJSDocEnumTag(node);
  if (tag !== undefined) {
    spent.add(tag);
    edits.insert(node.name.getEnd(), `: ${typeText(tag.typeExpression.type, writing)}`);
    return;
  }
  if (listed !== undefined && node.initializer !== undefined) {
    spent.add(listed);
    edits.insert(
      node.initializer.getEnd(),
      ` satisfies Record<string, ${typeText(listed.typeExpression.type, writing)}>`,
    );
    return;
  }
  const satisfied = ts.getJSDocSatisfiesTag(node);
  if (satisfied !== undefined && node.initializer !== undefined) {
    spent.add(satisfied);
    edits.insert(node.initializer.getEnd(), ` satisfies ${typeText(satisfied.typeExpression.type, writing)}`);
    return;
  }
  const type = known.growing(node);
  if (type !== undefined && node.initializer !== undefined) edits.insert(node.initializer.getEnd(), ` as ${type}`);
}

/** Statements end with a semicolon, or the style of the file leaves it out. */
function endOf(source: ts.SourceFile): string {
  const plain = source.statements.filter(
    (one) => ts.isImportDeclaration(one) || ts.isVariableStatement(one) || ts.isExpressionStatement(one),
  );
  return plain.length === 0 || plain.some((one) => one.getText(source).endsWith(';')) ? ';' : '';
}

/** A comment before a property, or what is exported by default, gives its value a type. */
function writeAssertion(
  node: ts.PropertyAssignment | ts.ExportAssignment,
  value: ts.Expression,
  writing: Writing,
): void {
  const tag = ts.getJSDocTypeTag(node);
  if (tag === undefined) return;
  writing.spent.add(tag);
  writeAs(value, ` as ${typeText(tag.typeExpression.type, writing)}`, writing);
}

/** A comment before a parenthesis is a cast. */
function writeCast(node: ts.ParenthesizedExpression, writing: Writing): void {
  const own = node.getChildren(writing.source).filter(ts.isJSDoc);
  const tag = own.flatMap((one) => one.tags ?? []).find((one) => ts.isJSDocTypeTag(one) || ts.isJSDocSatisfiesTag(one));
  if (tag === undefined || !(ts.isJSDocTypeTag(tag) || ts.isJSDocSatisfiesTag(tag))) return;
  writing.spent.add(tag);
  const word = ts.isJSDocTypeTag(tag) ? 'as' : 'satisfies';
  writeAs(node.expression, ` ${word} ${typeText(tag.typeExpression.type, writing)}`, writing);
}

function writeAs(value: ts.Expression, text: string, { edits, source }: Writing): void {
  if (needsParentheses(value)) {
    edits.insert(value.getStart(source), '(');
    edits.insert(value.getEnd(), `)${text}`);
  } else edits.insert(value.getEnd(), text);
}

function needsParentheses(node: ts.Expression): boolean {
  return (
    ts.isArrowFunction(node) ||
    ts.isConditionalExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isYieldExpression(node)
  );
}

/** Declares what a comment defines, at its place where types may stand there, else before the statement around it. */
function writeAliases(comment: ts.JSDoc, writing: Writing): ReadonlySet<ts.JSDocTag> {
  const { source, edits } = writing;
  const tags: readonly ts.JSDocTag[] = comment.tags ?? [];
  const own = tags.filter((tag) => ts.isJSDocTypedefTag(tag) || ts.isJSDocCallbackTag(tag) || ts.isJSDocImportTag(tag));
  const enums = tags.filter(ts.isJSDocEnumTag);
  if (own.length === 0 && enums.length === 0) return new Set();
  const host = comment.parent;
  const isTop = host.kind === ts.SyntaxKind.EndOfFileToken || host.parent === source;
  const at = isTop ? comment.getStart(source) : statementAround(host).getStart(source, true);
  const indent = indentOf(source.text, at);
  const aliases = aliasesOf(comment, writing, indent);
  const imported = tags
    .filter(ts.isJSDocImportTag)
    .map(
      (tag) =>
        `import type ${tag.importClause?.getText(source) ?? ''} from ${tag.moduleSpecifier.getText(source)}${writing.end}`,
    );
  const listed = enums.flatMap((tag) => {
    const name = ts.isVariableStatement(host) ? host.declarationList.declarations[0]?.name.getText(source) : undefined;
    return name === undefined
      ? []
      : [`export type ${name} = ${typeText(tag.typeExpression.type, writing)}${writing.end}`];
  });
  const all = [...imported, ...aliases, ...listed];
  const hasMore = source.text.slice(comment.getEnd()).trim() !== '';
  edits.insert(at, `${all.join(`\n${indent}`)}${hasMore ? `\n${indent}` : ''}`);
  const templates = own.some((tag) => !ts.isJSDocImportTag(tag)) ? tags.filter(ts.isJSDocTemplateTag) : [];
  return new Set([...own, ...own.flatMap(partsOf), ...templates]);
}

function statementAround(node: ts.Node): ts.Node {
  let at = node;
  while (at.parent !== undefined && !ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}
