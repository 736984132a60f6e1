import { fail } from '#core/error';
import { nearestNames } from '#core/nearest-names';
import ts from '../typescript.cts';
import type { NameNode } from './nodes-named.ts';
import type { RenameWish } from './rename-wish.ts';

/** Where a wish's symbol is declared. */
export type Declared = {
  readonly name: NameNode;
  /** Of a member the outermost name that it stands in: what imports of it go through. */
  readonly owner: ts.Node;
  readonly isMember: boolean;
};

type Named = { readonly name: NameNode; readonly inside: () => readonly Named[] };

/** The declaration that a wish names. Throws `bad-input` with the nearest names where there is none. */
export function findDeclaration({ text, file: path, path: parts }: RenameWish, file: ts.SourceFile): Declared {
  let within = declaredIn(file);
  let owner: ts.Node | undefined;
  for (const [at, part] of parts.entries()) {
    const all = within.filter(({ name }) => name.text === part);
    const [first] = all;
    if (first === undefined) {
      const reached = at === 0 ? reexported(file, part) : undefined;
      throw fail('bad-input', {
        what: `\`${text}\` names nothing that can be renamed.`,
        why:
          reached === undefined
            ? `${at === 0 ? path : parts.slice(0, at).join('.')} declares no ${part}.${near(
                part,
                within.map(({ name }) => name.text),
              )}`
            : `${path} only passes ${part} on: ${reached}.`,
        next: 'Name the file that declares it, and the name as it stands there; a member as Class.member.',
      });
    }
    if (at === parts.length - 1) {
      checkOne(text, all);
      return { name: first.name, owner: owner ?? first.name, isMember: parts.length > 1 };
    }
    owner ??= first.name;
    within = all.flatMap((one) => one.inside());
  }
  throw new Error('A wish has a name.');
}

/** A static and an instance member of one name are two symbols. */
function checkOne(text: string, all: readonly Named[]): void {
  const isStatic = (node: ts.Node): boolean =>
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false);
  const kinds = new Set(all.map(({ name }) => isStatic(name.parent)));
  if (kinds.size < 2) return;
  throw fail('not-built', {
    what: `\`${text}\` means two members.`,
    why: 'One is static, and one is of each instance.',
    next: 'Rename one of them by hand first.',
  });
}

function reexported(file: ts.SourceFile, name: string): string | undefined {
  for (const statement of file.statements) {
    const line = file.getLineAndCharacterOfPosition(statement.getStart(file)).line + 1;
    const clause = ts.isExportDeclaration(statement)
      ? statement.exportClause
      : ts.isImportDeclaration(statement)
        ? statement.importClause?.namedBindings
        : undefined;
    if (clause === undefined || ts.isNamespaceImport(clause) || ts.isNamespaceExport(clause)) continue;
    if (clause.elements.some((element) => element.name.text === name)) return `line ${line} takes it from elsewhere`;
  }
  return undefined;
}

function near(name: string, names: readonly string[]): string {
  const close = nearestNames(name, names);
  return close.length === 0 ? '' : ` Near to it are: ${close.join(', ')}.`;
}

/** What a file, a namespace, a class, an interface, an enum or an object declares, with what is declared within. */
function declaredIn(node: ts.Node): readonly Named[] {
  if (ts.isSourceFile(node) || ts.isModuleBlock(node)) return node.statements.flatMap(ofStatement);
  if (ts.isModuleDeclaration(node)) return node.body === undefined ? [] : declaredIn(node.body);
  if (ts.isClassLike(node)) return node.members.flatMap(ofClassMember);
  if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) return node.members.flatMap(named);
  if (ts.isEnumDeclaration(node)) return node.members.flatMap(named);
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(named);
  if (ts.isTypeAliasDeclaration(node)) return declaredIn(node.type);
  if (ts.isIntersectionTypeNode(node) || ts.isUnionTypeNode(node)) return node.types.flatMap(declaredIn);
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined) return declaredIn(unwrapped(node.initializer));
  if (ts.isPropertyAssignment(node)) return declaredIn(unwrapped(node.initializer));
  return [];
}

function unwrapped(node: ts.Expression): ts.Expression {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return unwrapped(node.expression);
  const [value, more] = ts.isCallExpression(node) && isFreezing(node.expression) ? node.arguments : [];
  return value === undefined || more !== undefined ? node : unwrapped(value);
}

/** Such a call gives back the object that it is given. */
function isFreezing(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.expression.getText() !== 'Object') return false;
  return /^(freeze|seal|preventExtensions)$/.test(node.name.text);
}

function ofStatement(statement: ts.Statement): readonly Named[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((one) => ofBinding(one.name));
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return named(statement);
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return named(statement);
  if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement)) return named(statement);
  return [];
}

function ofBinding(name: ts.BindingName): readonly Named[] {
  if (ts.isIdentifier(name)) return [{ name, inside: () => declaredIn(name.parent) }];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? ofBinding(element.name) : []));
}

function ofClassMember(member: ts.ClassElement): readonly Named[] {
  const own = /\.[cm]?jsx?$/.test(member.getSourceFile().fileName) ? setOnThis(member) : [];
  if (!ts.isConstructorDeclaration(member)) return [...named(member), ...own];
  return [...own, ...ofParameters(member)];
}

/** Scripts declare a member by setting it: `this.name = …`. */
function setOnThis(member: ts.ClassElement): readonly Named[] {
  const body = ts.isConstructorDeclaration(member) || ts.isMethodDeclaration(member) ? member.body : undefined;
  return (body?.statements ?? []).flatMap((statement): readonly Named[] => {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return [];
    const { left, operatorToken, right } = statement.expression;
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return [];
    const isOwn = left.expression.kind === ts.SyntaxKind.ThisKeyword;
    return isOwn ? [{ name: left.name, inside: () => declaredIn(unwrapped(right)) }] : [];
  });
}

function ofParameters(member: ts.ConstructorDeclaration): readonly Named[] {
  return member.parameters.flatMap((parameter) =>
    ts.isParameterPropertyDeclaration(parameter, member) ? named(parameter) : [],
  );
}

function named(node: ts.Declaration): readonly Named[] {
  const name = ts.getNameOfDeclaration(node);
  if (name === undefined) return [];
  if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name) && !ts.isStringLiteralLike(name)) return [];
  return [{ name, inside: () => declaredIn(node) }];
}
