import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { calleeOf, returnsOf } from '../flows/flow.ts';
import { plain, typeOf } from '../modules/members.ts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import { heldFunction } from '../names-in-file.ts';
import { calledName } from '../syntax.ts';

/** `knex('users')`, `this.db('users')`: not the method of a builder. By its name, or by what is written for it in whichever file. */
export function isClient(node: TypeScript.Expression, names: NamesInTree): boolean {
  if (ts.isIdentifier(node)) {
    if (/knex|db|trx|tx|conn|database|transaction/i.test(node.text)) return true;
  } else if (ts.isPropertyAccessExpression(node)) {
    if (/^tx$|^knex|(knex|db|trx|conn|database)$/i.test(node.name.text)) return true;
  } else return false;
  return isDeclaredClient(node, { names, seen: new Set() });
}

type Look = { readonly names: NamesInTree; readonly seen: Set<TypeScript.Node> };

/** A name that stands for `knex({…})`, has a type of Knex, is what `transaction` gives its callback, or is always given a client. */
function isDeclaredClient(node: TypeScript.Node, look: Look): boolean {
  const target = look.names.targetOf(node);
  if (target?.kind !== 'node' || look.seen.has(target.node)) return false;
  look.seen.add(target.node);
  const { node: declared } = target;
  const type = typeOf(declared);
  if (type !== undefined) return isClientType(type, look);
  if (ts.isParameter(declared)) return isGivenClient(declared, look);
  if (ts.isPropertyDeclaration(declared)) return isSetToClient(declared, look);
  if (ts.isVariableDeclaration(declared) || ts.isPropertyAssignment(declared))
    return declared.initializer !== undefined && isClientValue(declared.initializer, look);
  if (ts.isShorthandPropertyAssignment(declared)) return isDeclaredClient(declared.name, look);
  if (ts.isBinaryExpression(declared)) return isClientValue(declared.right, look);
  return ts.isExpression(declared) && isClientValue(declared, look);
}

function isClientValue(node: TypeScript.Expression, look: Look): boolean {
  const value = plain(ts.isAwaitExpression(node) ? node.expression : node);
  if (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value))
    return isClient(value, look.names) || isDeclaredClient(value, look);
  if (!ts.isCallExpression(value)) return false;
  if (/^(require\(['"]knex['"]\)|\w*knex\w*)(\.default)?$/i.test(value.expression.getText())) return true;
  if (isOfKnex(value.expression, look) || calledName(value) === 'transaction') return true;
  const made = look.names.functionOf(value.expression)?.node;
  if (made === undefined || look.seen.has(made)) return false;
  look.seen.add(made);
  if (made.type !== undefined) return isClientType(made.type, look);
  const returned = returnsOf(made);
  return returned.length > 0 && returned.every((one) => isClientValue(one, look));
}

/** `Knex`, `Knex.Transaction`, and what an alias or an interface makes of them. */
function isClientType(type: TypeScript.TypeNode, look: Look): boolean {
  if (ts.isParenthesizedTypeNode(type)) return isClientType(type.type, look);
  if (ts.isUnionTypeNode(type)) {
    const parts = type.types.filter((part) => !/^(undefined|null)$/.test(part.getText()));
    return parts.length > 0 && parts.every((part) => isClientType(part, look));
  }
  if (ts.isIntersectionTypeNode(type)) return type.types.some((part) => isClientType(part, look));
  if (ts.isImportTypeNode(type))
    return /^import\(['"]knex['"]\)\.Knex(\.Transaction)?$/.test(type.getText().replace(/<.*/s, ''));
  if (!ts.isTypeReferenceNode(type)) return false;
  const [first] = type.typeArguments ?? [];
  const name = type.typeName.getText();
  if (/^(Promise|Readonly)$/.test(name) && first !== undefined) return isClientType(first, look);
  const target = look.names.targetOf(type.typeName);
  if (target === undefined) return isNameOfKnex(type.typeName, look);
  const { node } = target.kind === 'node' ? target : { node: undefined };
  if (node === undefined || look.seen.has(node)) return false;
  look.seen.add(node);
  if (ts.isTypeAliasDeclaration(node)) return isClientType(node.type, look);
  const bases = ts.isInterfaceDeclaration(node) ? (node.heritageClauses ?? []).flatMap(({ types }) => types) : [];
  return bases.some(
    ({ expression }) => isOfKnex(expression, look) || /^Knex(\.Transaction)?$/.test(expression.getText()),
  );
}

/** A name of a type that no file of the tree declares. */
function isNameOfKnex(name: TypeScript.EntityName, look: Look): boolean {
  const isPlain = /^(\w+\.)?(Knex|Transaction)$/.test(name.getText()) && /\bKnex\b/.test(name.getText());
  return isPlain || (ts.isIdentifier(name) && isOfKnex(name, look));
}

/** Is a name taken from the package itself? `import makeClient from 'knex'` */
function isOfKnex(node: TypeScript.Node, { names }: Look): boolean {
  const declared = ts.isIdentifier(node) ? names.declarationOf(node) : undefined;
  if (declared === undefined || !(ts.isImportClause(declared) || ts.isImportSpecifier(declared))) return false;
  const statement = ts.isImportClause(declared) ? declared.parent : declared.parent.parent.parent;
  const isIt = ts.isImportDeclaration(statement) && /^['"]knex['"]$/.test(statement.moduleSpecifier.getText());
  const name = ts.isImportSpecifier(declared) ? (declared.propertyName ?? declared.name).text : 'default';
  return isIt && /^(default|knex|Knex)$/.test(name);
}

/** `knex.transaction((t) => …)`, or a function whose every call gives it a client. */
function isGivenClient(parameter: TypeScript.ParameterDeclaration, look: Look): boolean {
  const { parent: owner } = parameter;
  const call = ts.isFunctionLike(owner) ? owner.parent : undefined;
  if (call !== undefined && ts.isCallExpression(call) && calledName(call) === 'transaction') return true;
  const index = owner.parameters.indexOf(parameter);
  const isMaker = ts.isConstructorDeclaration(owner);
  const named = isMaker ? owner.parent : heldFunction(owner)?.named;
  if (named === undefined || ts.isClassElement(named) || look.names.isExposed(named)) return false;
  const uses = look.names.usesOf(named);
  const given = uses.map((use) => (isMaker ? madeOf(use) : calleeOf(use)?.arguments)?.[index]);
  return given.length > 0 && given.every((one) => one !== undefined && isClientValue(one, look));
}

function madeOf({ parent }: TypeScript.Identifier): readonly TypeScript.Expression[] | undefined {
  return ts.isNewExpression(parent) ? parent.arguments : undefined;
}

/** A field without a type that is set to clients alone. */
function isSetToClient(field: TypeScript.PropertyDeclaration, look: Look): boolean {
  const set = look.names.usesOf(field).flatMap(({ parent }) => {
    const isTarget =
      ts.isPropertyAccessExpression(parent) &&
      ts.isBinaryExpression(parent.parent) &&
      parent.parent.left === parent &&
      parent.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isTarget ? [parent.parent.right] : [];
  });
  const values = field.initializer === undefined ? set : [field.initializer, ...set];
  return values.length > 0 && values.every((value) => isClientValue(value, look));
}
