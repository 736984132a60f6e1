import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';
import { commentOccurrences } from './comment-occurrences.ts';
import { mockCalls, type Occurrence, type OccurrenceKind } from './occurrence.ts';

/** Every specifier of a module, by the compiler's own parser; what does not parse is read as far as the parser recovers. */
export function parseModule(path: string, text: string): readonly Occurrence[] {
  const source = ts.createSourceFile(path, text, {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseAll,
  });
  const found: Occurrence[] = [];
  const comments = new Map<number, Occurrence>();
  const visit = (node: TypeScript.Node): void => {
    for (const { pos, end } of jsDocOf(node)) {
      for (const one of commentOccurrences(text, pos, end)) comments.set(one.offset, one);
    }
    const named = namedBy(node);
    if (named !== undefined) found.push(...occurrenceOf(named.kind, named.literal, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const one of jsDocOf(source.endOfFileToken))
    for (const other of commentOccurrences(text, one.pos, one.end)) comments.set(other.offset, other);
  return [...found, ...comments.values()];
}

type Named = { readonly kind: OccurrenceKind; readonly literal: TypeScript.Expression };

function namedBy(node: TypeScript.Node): Named | undefined {
  if (ts.isImportDeclaration(node)) return { kind: 'import', literal: node.moduleSpecifier };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
    return { kind: 'export', literal: node.moduleSpecifier };
  if (ts.isExternalModuleReference(node)) return { kind: 'require', literal: node.expression };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
    return { kind: 'import-call', literal: node.argument.literal };
  if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name))
    return { kind: 'augmentation', literal: node.name };
  if (ts.isNewExpression(node)) return newUrl(node);
  return ts.isCallExpression(node) ? called(node) : undefined;
}

function newUrl({ expression, arguments: given }: TypeScript.NewExpression): Named | undefined {
  const [literal, base] = given ?? [];
  if (literal === undefined || base === undefined || !isName(expression, 'URL')) return undefined;
  return isImportMeta(base, 'url') ? { kind: 'url', literal } : undefined;
}

function called({ expression, arguments: given }: TypeScript.CallExpression): Named | undefined {
  const [literal] = given;
  if (literal === undefined) return undefined;
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return { kind: 'import-call', literal };
  if (isName(expression, 'require')) return { kind: 'require', literal };
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const { expression: on, name } = expression;
  if (name.text === 'resolve' && isName(on, 'require')) return { kind: 'require-resolve', literal };
  if (isImportMeta(expression, 'resolve')) return { kind: 'import-meta-resolve', literal };
  if (isImportMeta(expression, 'glob')) return { kind: 'glob', literal };
  if (mockCalls.has(name.text) && (isName(on, 'jest') || isName(on, 'vi'))) return { kind: 'mock', literal };
  return undefined;
}

function isName(node: TypeScript.Node, text: string): boolean {
  return ts.isIdentifier(node) && node.text === text;
}

function isImportMeta(node: TypeScript.Node, name: string): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== name) return false;
  return ts.isMetaProperty(node.expression) && node.expression.keywordToken === ts.SyntaxKind.ImportKeyword;
}

function occurrenceOf(
  kind: OccurrenceKind,
  literal: TypeScript.Node,
  source: TypeScript.SourceFile,
): readonly Occurrence[] {
  if (ts.isArrayLiteralExpression(literal)) return literal.elements.flatMap((one) => occurrenceOf(kind, one, source));
  const start = literal.getStart(source);
  if (ts.isStringLiteralLike(literal)) {
    return [{ kind, specifier: literal.text, offset: start + 1, length: literal.end - start - 2 }];
  }
  if (ts.isBinaryExpression(literal)) return sumOf(literal, source);
  if (!ts.isTemplateExpression(literal)) return [];
  const { text } = literal.head;
  const pattern = text + literal.templateSpans.map((span) => `*${span.literal.text}`).join('');
  return text === '' ? [] : [{ kind: 'computed', specifier: pattern, offset: start + 1, length: text.length }];
}

/** A path that is put together with `+`, as the template of the same parts is read. */
function sumOf(sum: TypeScript.BinaryExpression, source: TypeScript.SourceFile): readonly Occurrence[] {
  const parts: TypeScript.Expression[] = [];
  let rest: TypeScript.Expression = sum;
  for (; ts.isBinaryExpression(rest); rest = rest.left) {
    if (rest.operatorToken.kind !== ts.SyntaxKind.PlusToken) return [];
    parts.unshift(rest.right);
  }
  if (!ts.isStringLiteralLike(rest) || rest.text === '') return [];
  const specifier = rest.text + parts.map((part) => (ts.isStringLiteralLike(part) ? part.text : '*')).join('');
  const start = rest.getStart(source);
  return [{ kind: 'computed', specifier, offset: start + 1, length: rest.end - start - 2 }];
}

/** The compiler keeps doc comments on the nodes that they precede, and does not say so in its types. */
function jsDocOf(node: TypeScript.Node): readonly { readonly pos: number; readonly end: number }[] {
  const held: unknown = Reflect.get(node, 'jsDoc');
  return Array.isArray(held) ? held : [];
}
