import ts from '../../../typescript.cts';

/** Names that stand for other types in JSDoc (https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html). */
const plainNames: Readonly<Record<string, string>> = {
  String: 'string',
  Number: 'number',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Void: 'void',
  Undefined: 'undefined',
  Null: 'null',
  function: 'Function',
  Object: 'any',
  array: 'any[]',
  Array: 'any[]',
  promise: 'Promise<any>',
  Promise: 'Promise<any>',
};

/** A file whose types are written. `claim` gives the local name of a type that is imported; undefined where its name is taken. */
export type TypedFile = {
  readonly source: ts.SourceFile;
  claim(specifier: string, name: string): string | undefined;
};

/** A type in JSDoc as TypeScript writes it, with the meaning that the compiler gives it in JavaScript. */
export function typeText(node: ts.TypeNode, file: TypedFile): string {
  const own = (one: ts.TypeNode): string => typeText(one, file);
  if (ts.isJSDocTypeExpression(node)) return own(node.type);
  if (ts.isJSDocAllType(node) || ts.isJSDocUnknownType(node)) return 'any';
  if (ts.isJSDocNullableType(node)) return `${inUnion(own(node.type))} | null`;
  if (ts.isJSDocNonNullableType(node)) return own(node.type);
  if (ts.isJSDocOptionalType(node)) return hasMark(node) ? own(node.type) : `${inUnion(own(node.type))} | undefined`;
  if (ts.isJSDocVariadicType(node)) return `${inArray(own(node.type))}[]`;
  if (ts.isJSDocFunctionType(node)) return functionText(node, own);
  if (ts.isJSDocTypeLiteral(node)) return literalText(node, own);
  if (ts.isTypeReferenceNode(node)) return referenceText(node, own);
  if (ts.isImportTypeNode(node)) return importText(node, file);
  return withParts(node, file);
}

/** True where the name to which the type belongs gets a `?`. */
function hasMark({ parent }: ts.JSDocOptionalType): boolean {
  if (ts.isParameter(parent)) return true;
  return (
    ts.isJSDocTypeExpression(parent) &&
    (ts.isJSDocParameterTag(parent.parent) ||
      ts.isJSDocPropertyTag(parent.parent) ||
      (ts.isJSDocTypeTag(parent.parent) && ts.isParameter(parent.parent.parent.parent)))
  );
}

function importText(node: ts.ImportTypeNode, file: TypedFile): string {
  const { argument, qualifier, typeArguments, isTypeOf } = node;
  const specifier = ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) && argument.literal.text;
  if (isTypeOf || typeof specifier !== 'string' || qualifier === undefined || !ts.isIdentifier(qualifier))
    return withParts(node, file);
  const name = file.claim(specifier, qualifier.text);
  if (name === undefined) return withParts(node, file);
  const given = (typeArguments ?? []).map((one) => typeText(one, file));
  return given.length === 0 ? name : `${name}<${given.join(', ')}>`;
}

function functionText(node: ts.JSDocFunctionType, own: (one: ts.TypeNode) => string): string {
  const parameters = node.parameters.map((parameter, at) => {
    const type = parameter.type;
    // The name of such a parameter is not there, but for `this` and `new`.
    const name = /^(this|new)(?=\s*:)/.exec(parameter.getText())?.[0] ?? `arg${at}`;
    if (type !== undefined && ts.isJSDocVariadicType(type)) return `...${name}: ${own(type)}`;
    const isOptional = type !== undefined && ts.isJSDocOptionalType(type);
    return `${name}${isOptional ? '?' : ''}: ${type === undefined ? 'any' : own(type)}`;
  });
  const result = node.type === undefined ? 'any' : own(node.type);
  const [first, ...others] = parameters;
  if (first?.startsWith('new: ')) return `new (${others.join(', ')}) => ${first.slice('new: '.length)}`;
  return `(${parameters.join(', ')}) => ${result}`;
}

function literalText(node: ts.JSDocTypeLiteral, own: (one: ts.TypeNode) => string): string {
  const members = (node.jsDocPropertyTags ?? []).map((tag) => {
    const type = tag.typeExpression?.type;
    const isOptional = tag.isBracketed || (type !== undefined && ts.isJSDocOptionalType(type));
    return `${lastName(tag.name)}${isOptional ? '?' : ''}: ${type === undefined ? 'any' : own(type)}`;
  });
  const text = `{ ${members.join('; ')} }`;
  return node.isArrayType ? `${text}[]` : text;
}

/** The last part of `options.name`. */
export function lastName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}

function referenceText(node: ts.TypeReferenceNode, own: (one: ts.TypeNode) => string): string {
  const name = node.typeName.getText();
  const given = node.typeArguments ?? [];
  if (given.length === 0) return Object.hasOwn(plainNames, name) ? (plainNames[name] ?? name) : name;
  const [key, value] = given;
  if (name === 'Object' && key !== undefined && value !== undefined && given.length === 2)
    return `{ [x: ${own(key)}]: ${own(value)} }`;
  if (name === 'Array' && key !== undefined && given.length === 1 && node.getText().startsWith('Array.'))
    return `${inArray(own(key))}[]`;
  return `${name}<${given.map(own).join(', ')}>`;
}

/** A node of TypeScript itself, with the types in it rewritten in place. */
function withParts(node: ts.Node, file: TypedFile): string {
  const { source } = file;
  const start = node.getStart(source);
  const parts: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isTypeNode(child)) {
      const text = typeText(child, file);
      const [from, to] = [child.getStart(source), child.getEnd()];
      if (text !== source.text.slice(from, to)) parts.push({ start: from, end: to, text });
    } else ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  let text = '';
  let at = start;
  for (const part of parts) {
    text += source.text.slice(at, part.start) + part.text;
    at = part.end;
  }
  return withoutStars(text + source.text.slice(at, node.getEnd()));
}

/** A type over several lines of a comment begins each of them with a star. */
function withoutStars(text: string): string {
  return text.replace(/\r?\n[ \t]*\*(?!\/)[ \t]?/g, '\n');
}

function inArray(text: string): string {
  return /^[\w$.]+(<[^<>]*>)?(\[\])*$/.test(text) ? text : `(${text})`;
}

/** A type beside others in a union. */
export function inUnion(text: string): string {
  return text.includes('=>') ? `(${text})` : text;
}
