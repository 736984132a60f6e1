import ts from '../../../typescript.cts';
import { inUnion, typeText } from './type-text.ts';
import type { SignedParameter, Writing } from './writing.ts';

/** What a comment with a type as a whole says of the head of a function. */
export type Whole = {
  readonly typeParameters: readonly string[];
  readonly self: string | undefined;
  /** `?: T` behind the name of the parameter at a place. */
  parameter(at: number): string;
  readonly result: string;
};

type Part = SignedParameter & { readonly type: string; readonly element: string };
type Parts = Pick<Whole, 'typeParameters' | 'self' | 'result'> & { readonly parameters: readonly Part[] };

/** True for what takes its head from a comment with a type; values do so by the type of what they are assigned to. */
export function isTypedAsWhole(node: ts.Node): node is ts.FunctionDeclaration | ts.MethodDeclaration {
  return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
}

/** The type of a function as a whole, where a comment gives it to a declaration. The comment is spent where all of it is said. */
export function wholeType(node: ts.SignatureDeclaration, writing: Writing): Whole | undefined {
  const tag = isTypedAsWhole(node) || ts.isGetAccessorDeclaration(node) ? ts.getJSDocTypeTag(node) : undefined;
  if (tag === undefined) return undefined;
  const type = bare(tag.typeExpression.type);
  if (ts.isGetAccessorDeclaration(node)) {
    writing.spent.add(tag);
    return { typeParameters: [], self: undefined, parameter: () => '', result: typeText(type, writing) };
  }
  const parts = spelled(type, writing) ?? named(node, type, writing);
  if (parts === undefined) return undefined;
  const { parameters } = parts;
  const last = node.parameters.at(-1);
  const takesAll = last?.dotDotDotToken !== undefined || node.parameters.length >= parameters.length;
  const takesRest = last?.dotDotDotToken !== undefined || parameters.every(({ isRest }) => !isRest);
  if (takesAll && takesRest) writing.spent.add(tag);
  return { ...parts, parameter: (at) => parameterText(node, at, parameters) };
}

function bare(type: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(type) ? bare(type.type) : type;
}

/** What a type spells out, in TypeScript's form or in that of JSDoc. */
function spelled(type: ts.TypeNode, writing: Writing): Parts | undefined {
  if (!ts.isFunctionTypeNode(type) && !ts.isJSDocFunctionType(type)) return undefined;
  const all = type.parameters.map((one, at) => spelledPart(one, at, writing));
  if (all.some(({ name }) => name === 'new')) return undefined;
  return {
    typeParameters: (type.typeParameters ?? []).map((one) => parameterOfType(one, writing)),
    self: all.find(({ name }) => name === 'this')?.type,
    parameters: all.filter(({ name }) => name !== 'this'),
    result: type.type === undefined ? 'any' : typeText(type.type, writing),
  };
}

function spelledPart(parameter: ts.ParameterDeclaration, at: number, writing: Writing): Part {
  const { type, dotDotDotToken, questionToken } = parameter;
  const text = type === undefined ? 'any' : typeText(type, writing);
  // In the form of JSDoc only these two are names.
  const said =
    /^(this|new)(?=\s*:)/.exec(parameter.getText(writing.source))?.[0] ?? parameter.name?.getText(writing.source) ?? '';
  return {
    name: /^[\w$]+$/.test(said) ? said : `arg${at}`,
    isOptional: questionToken !== undefined || (type !== undefined && ts.isJSDocOptionalType(type)),
    isRest: dotDotDotToken !== undefined || (type !== undefined && ts.isJSDocVariadicType(type)),
    type: text,
    element: type === undefined ? text : elementText(type, writing),
  };
}

function elementText(type: ts.TypeNode, writing: Writing): string {
  if (ts.isArrayTypeNode(type)) return typeText(type.elementType, writing);
  return ts.isJSDocVariadicType(type) ? typeText(type.type, writing) : `(${typeText(type, writing)})[number]`;
}

function parameterOfType(parameter: ts.TypeParameterDeclaration, writing: Writing): string {
  const { modifiers = [], name, constraint, default: initial } = parameter;
  const words = modifiers.map((one) => `${one.getText(writing.source)} `).join('');
  const bound = constraint === undefined ? '' : ` extends ${typeText(constraint, writing)}`;
  return `${words}${name.text}${bound}${initial === undefined ? '' : ` = ${typeText(initial, writing)}`}`;
}

/** What the compiler says of a type that is named; nothing where it takes no signature of it, and leaves it aside. */
function named(node: ts.SignatureDeclaration, type: ts.TypeNode, writing: Writing): Parts | undefined {
  const signed = writing.signed(node);
  if (signed === undefined) return undefined;
  if (signed.hasTypeParameters) {
    const name = type.getText(writing.source);
    writing.block(node, `its type ${name} has type parameters, which the head of a function has to say itself`);
    return undefined;
  }
  const text = typeText(type, writing);
  return {
    typeParameters: [],
    self: signed.hasThis ? `ThisParameterType<${text}>` : undefined,
    parameters: signed.parameters.map((one, at) => {
      const element = `Parameters<${text}>[${at}]`;
      return { ...one, element, type: one.isRest ? `${element}[]` : element };
    }),
    result: `ReturnType<${text}>`,
  };
}

function parameterText(node: ts.SignatureDeclaration, at: number, parts: readonly Part[]): string {
  const parameter = node.parameters[at];
  if (parameter === undefined) return '';
  if (parameter.dotDotDotToken !== undefined) return `: ${restText(parts.slice(at))}`;
  const partAt = (place: number) => parts[place] ?? parts.findLast(({ isRest }) => isRest);
  const own = partAt(at);
  if (own === undefined) return '';
  const text = own.isRest ? own.element : own.type;
  if (parameter.initializer !== undefined || !mayMiss(own)) return `: ${text}`;
  const isLast = node.parameters.slice(at + 1).every((one, further) => {
    const next = partAt(at + 1 + further);
    return one.initializer !== undefined || one.dotDotDotToken !== undefined || (next !== undefined && mayMiss(next));
  });
  return isLast && ts.isIdentifier(parameter.name) ? `?: ${text}` : `: ${inUnion(text)} | undefined`;
}

function mayMiss({ isOptional, isRest }: SignedParameter): boolean {
  return isOptional || isRest;
}

function restText(parts: readonly Part[]): string {
  const [first, ...others] = parts;
  if (first?.isRest === true && others.length === 0) return first.type;
  const members = parts.map(({ name, type, isOptional, isRest }) =>
    isRest ? `...${name}: ${type}` : `${name}${isOptional ? '?' : ''}: ${type}`,
  );
  return `[${members.join(', ')}]`;
}
