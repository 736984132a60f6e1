import ts from '../../../typescript.cts';
import { typeParameters } from './type-aliases.ts';
import { inUnion, typeText } from './type-text.ts';
import { wholeType } from './whole-type.ts';
import type { Writing } from './writing.ts';

/** Types of parameters, result, `this` and type parameters of a function go into its head. */
export function writeSignature(node: ts.SignatureDeclaration, writing: Writing): void {
  const { source, edits, spent } = writing;
  const children = node.getChildren(source);
  const open = children.find(({ kind }) => kind === ts.SyntaxKind.OpenParenToken);
  const tags = ts.getJSDocTags(node);
  const own = (tag: ts.JSDocTag): boolean => tag.parent.parent === node || !ts.isClassLike(tag.parent.parent);
  const templates = tags.filter(ts.isJSDocTemplateTag).filter(own);
  const inferred = templates.filter((tag) => !hasAlias(tag.parent));
  for (const tag of inferred) spent.add(tag);
  const whole = wholeType(node, writing);
  const parameters = typeParameters(inferred, writing, whole?.typeParameters);
  const result = resultOf(node, writing) || (whole === undefined ? '' : `: ${whole.result}`);
  const [first] = node.parameters;
  if (open === undefined) {
    if (first === undefined) return;
    const type = parameterText(node, first, writing);
    if (parameters === '' && type === '' && result === '') return;
    edits.insert(first.getStart(source), `${parameters}(`);
    edits.insert(first.getEnd(), `${type})${result}`);
    return;
  }
  if (parameters !== '')
    edits.insert(
      open.getStart(source),
      writing.isJsx && ts.isArrowFunction(node) ? parameters.replace(/>$/, ',>') : parameters,
    );
  const self = selfText(node, writing) ?? whole?.self;
  if (self !== undefined) edits.insert(open.getEnd(), `this: ${self}${first === undefined ? '' : ', '}`);
  for (const [at, parameter] of node.parameters.entries()) {
    const said = parameterText(node, parameter, writing);
    const text = said === '' && whole !== undefined ? whole.parameter(at) : said;
    if (text !== '') edits.insert(parameter.name.getEnd(), text);
  }
  const close = children.findLast(({ kind }) => kind === ts.SyntaxKind.CloseParenToken);
  if (close !== undefined && result !== '') edits.insert(close.getEnd(), result);
}

function selfText(node: ts.SignatureDeclaration, writing: Writing): string | undefined {
  const tag = ts.getJSDocThisTag(node);
  if (tag === undefined || ts.isArrowFunction(node)) return undefined;
  writing.spent.add(tag);
  return typeText(tag.typeExpression.type, writing);
}

function hasAlias(comment: ts.Node): boolean {
  return (
    ts.isJSDoc(comment) && (comment.tags ?? []).some((tag) => ts.isJSDocTypedefTag(tag) || ts.isJSDocCallbackTag(tag))
  );
}

function resultOf(node: ts.SignatureDeclaration, writing: Writing): string {
  const tag = ts.getJSDocReturnTag(node);
  if (tag?.typeExpression === undefined) return '';
  const isUseless = /^void$/i.test(tag.typeExpression.type.getText(writing.source));
  const hasNone = ts.isConstructorDeclaration(node) || ts.isSetAccessorDeclaration(node);
  if (!hasNone || isUseless) writing.spent.add(tag);
  if (hasNone) return '';
  return `: ${typeText(tag.typeExpression.type, writing)}`;
}

/** `?: T` behind the name of a parameter. */
function parameterText(node: ts.SignatureDeclaration, parameter: ts.ParameterDeclaration, writing: Writing): string {
  const inline = ts.getJSDocTypeTag(parameter);
  const [tag] = ts.getJSDocParameterTags(parameter);
  const type = inline?.typeExpression.type ?? tag?.typeExpression?.type;
  if (type === undefined) return tag?.isBracketed === true && mayBeLeftOut(node, parameter) ? '?' : '';
  if (inline !== undefined) writing.spent.add(inline);
  const other = inline === undefined ? undefined : tag?.typeExpression?.type;
  const isSaid = other === undefined || other.getText(writing.source) === type.getText(writing.source);
  if (tag !== undefined && isSaid) writing.spent.add(tag);
  const isRest = parameter.dotDotDotToken !== undefined;
  if (ts.isJSDocVariadicType(type) && !isRest)
    writing.block(
      parameter,
      `\`${parameter.name.getText()}\` stands for many values, which are read from \`arguments\``,
    );
  const text = typeText(type, writing);
  const isOptional = tag?.isBracketed === true || ts.isJSDocOptionalType(type);
  if (isRest || !isOptional || parameter.initializer !== undefined) return `: ${text}`;
  return mayBeLeftOut(node, parameter) ? `?: ${text}` : `: ${inUnion(text)} | undefined`;
}

/** TypeScript takes `?` only where nothing that is needed follows, and not behind a pattern. */
function mayBeLeftOut(node: ts.SignatureDeclaration, parameter: ts.ParameterDeclaration): boolean {
  const after = node.parameters.slice(node.parameters.indexOf(parameter) + 1);
  return ts.isIdentifier(parameter.name) && parameter.initializer === undefined && after.every(isOptional);
}

function isOptional(parameter: ts.ParameterDeclaration): boolean {
  if (parameter.initializer !== undefined || parameter.dotDotDotToken !== undefined) return true;
  const [tag] = ts.getJSDocParameterTags(parameter);
  const type = tag?.typeExpression?.type;
  return tag?.isBracketed === true || (type !== undefined && ts.isJSDocOptionalType(type));
}
