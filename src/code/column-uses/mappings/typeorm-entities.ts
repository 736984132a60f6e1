import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { UseTree } from '../code-use.ts';
import { snakeCase } from '../name-match.ts';
import { calledName } from '../syntax.ts';
import { literalAt, objectAt, optionAt, textAt } from './literal.ts';
import type { EntityText, TypeormColumn, TypeormEntity } from './typeorm-entity.ts';
import { joinedName, type Naming, nameFor } from './typeorm-naming.ts';
import { schemaEntity } from './typeorm-schemas.ts';

const columns =
  /^(Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn)$/;
const depthMax = 6;

/** The entities that a class or a schema of a file declares. */
export function entityOf(node: TypeScript.Node, tree: UseTree, naming: Naming): TypeormEntity | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'EntitySchema')
    return schemaEntity(node, tree.constants, naming);
  return ts.isClassDeclaration(node) ? classEntity(node, tree, naming) : undefined;
}

/** The entity that a class is, by its decorators. */
export function classEntity(
  node: TypeScript.ClassDeclaration,
  tree: UseTree,
  naming: Naming,
): TypeormEntity | undefined {
  const bases = basesOf(node, tree);
  const isChild = decoratorOf(node, /^ChildEntity$/) !== undefined;
  const own = decoratorOf(node, /^Entity$/);
  const holder = own === undefined && isChild ? bases.find((base) => decoratorOf(base, /^Entity$/)) : node;
  const entity = own ?? (holder && decoratorOf(holder, /^Entity$/));
  if (holder === undefined || entity === undefined) return undefined;
  const [given] = entity.arguments;
  const options = optionsOf(entity, tree);
  const said = literalAt(given, tree.constants) ?? textAt(options, 'name', tree.constants);
  const members = [node, ...bases].flatMap((one) => [...one.members]);
  const decorated = [node, ...members].flatMap((one) => (ts.canHaveDecorators(one) ? callsOn(one) : []));
  return {
    schema: textAt(options, 'schema', tree.constants)?.node.text,
    name: said?.node.text ?? snakeCase(holder.name?.text ?? ''),
    called: node.name?.text,
    at: entity,
    said,
    columns: [
      ...members.flatMap((member) => columnsOf(member, tree, naming)),
      ...decorated
        .filter((call) => calledName(call) === 'TableInheritance')
        .flatMap((call) => discriminator(call, tree)),
    ],
    texts: decorated.flatMap((call) => textsOf(call, tree)),
  };
}

/** The classes that a class extends, as far as they are in the tree. */
function basesOf(node: TypeScript.ClassDeclaration, tree: UseTree, depth = 0): readonly TypeScript.ClassDeclaration[] {
  const extended = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const [type] = extended?.types ?? [];
  const target = type === undefined || depth > depthMax ? undefined : tree.names.targetOf(type.expression);
  if (target?.kind !== 'node' || !ts.isClassDeclaration(target.node)) return [];
  return [target.node, ...basesOf(target.node, tree, depth + 1)];
}

/** What an element of a class maps: a property, or what reads and writes one. */
function columnsOf(member: TypeScript.ClassElement, tree: UseTree, naming: Naming): readonly TypeormColumn[] {
  if (!ts.isPropertyDeclaration(member) && !ts.isAccessor(member)) return [];
  const { name } = member;
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return [];
  const joins = decoratorOf(member, /^JoinColumn$/);
  if (joins !== undefined || decoratorOf(member, /^(ManyToOne|TreeParent)$/) !== undefined)
    return joinColumns({ member, name }, joins, tree, naming);
  const call = decoratorOf(member, columns);
  if (call === undefined) return [];
  const [first] = call.arguments;
  if (first !== undefined && ts.isArrowFunction(first)) return embedded(name, { call, first }, tree, naming);
  const options = optionsOf(call, tree);
  const option = optionAt(options, 'name', tree.constants);
  const said = textAt(options, 'name', tree.constants);
  if (option !== undefined && said === undefined) return [];
  return [
    { name: nameFor({ property: name.text, said: said?.node.text }, naming), at: name, said, into: options ?? call },
  ];
}

type Joined = {
  readonly member: TypeScript.PropertyDeclaration | TypeScript.AccessorDeclaration;
  readonly name: TypeScript.Identifier | TypeScript.StringLiteral;
};

/** `@ManyToOne(() => User) @JoinColumn({ name: 'user_id' })`; without a name it is made of the property and of what it refers to. */
function joinColumns(
  { member, name }: Joined,
  call: TypeScript.CallExpression | undefined,
  tree: UseTree,
  naming: Naming,
): readonly TypeormColumn[] {
  const [first] = call?.arguments ?? [];
  const options = first !== undefined && ts.isArrayLiteralExpression(first) ? first.elements : [first];
  return options.map((option): TypeormColumn => {
    const said = textAt(option, 'name', tree.constants);
    const referred = textAt(option, 'referencedColumnName', tree.constants)?.node.text ?? keyReferred(member, tree);
    const made = joinedName(name.text, referred, naming);
    const into = option ?? (call?.arguments.length === 0 ? call : undefined);
    return { name: nameFor({ property: name.text, said: said?.node.text ?? made }, naming), at: name, said, into };
  });
}

/** The property that a relation refers to where nothing else is said: the primary key of its target, or `id`. */
function keyReferred(member: TypeScript.HasDecorators, tree: UseTree): string {
  const target = relatedClass(member, tree);
  return (target === undefined ? undefined : primaryOf(target, tree)) ?? 'id';
}

/** `User` of `@ManyToOne(() => User)` */
export function relatedClass(member: TypeScript.HasDecorators, tree: UseTree): TypeScript.ClassDeclaration | undefined {
  const [first] = decoratorOf(member, /^(ManyToOne|OneToOne|ManyToMany)$/)?.arguments ?? [];
  const body = first !== undefined && ts.isArrowFunction(first) && ts.isExpression(first.body) ? first.body : undefined;
  const target = body === undefined ? undefined : tree.names.targetOf(body);
  return target?.kind === 'node' && ts.isClassDeclaration(target.node) ? target.node : undefined;
}

/** The property that is the primary key of a class, where there is one alone. */
export function primaryOf(node: TypeScript.ClassDeclaration, tree: UseTree): string | undefined {
  const keys = [node, ...basesOf(node, tree)]
    .flatMap((one) => [...one.members])
    .filter((one) => ts.canHaveDecorators(one) && decoratorOf(one, /^Primary(Generated)?Column$/) !== undefined);
  const [key, ...others] = keys;
  return others.length === 0 && key?.name !== undefined && ts.isIdentifier(key.name) ? key.name.text : undefined;
}

type Embedding = { readonly call: TypeScript.CallExpression; readonly first: TypeScript.ArrowFunction };

/** `@Column(() => Address) address`: each column of the class behind a prefix. */
function embedded(
  name: TypeScript.Identifier | TypeScript.StringLiteral,
  { call, first }: Embedding,
  tree: UseTree,
  naming: Naming,
): readonly TypeormColumn[] {
  const target = ts.isExpression(first.body) ? tree.names.targetOf(first.body) : undefined;
  if (target?.kind !== 'node' || !ts.isClassDeclaration(target.node)) return [];
  const given = optionAt(call.arguments[1], 'prefix', tree.constants)?.node;
  const written = literalAt(given, tree.constants)?.node.text;
  const isBare = given?.kind === ts.SyntaxKind.FalseKeyword || written === '';
  const own = { ...naming, prefixes: [...(naming.prefixes ?? []), ...(isBare ? [] : [written ?? name.text])] };
  const inner = [target.node, ...basesOf(target.node, tree)].flatMap((one) => [...one.members]);
  return inner
    .flatMap((one) => columnsOf(one, tree, own))
    .map((column) => (own.prefixes.length === 0 ? column : { ...column, said: undefined, into: undefined }));
}

/** `@TableInheritance({ column: { name: 'kind' } })` */
function discriminator(call: TypeScript.CallExpression, { constants }: UseTree): readonly TypeormColumn[] {
  const column = optionAt(call.arguments[0], 'column', constants)?.node;
  const said = textAt(column, 'name', constants) ?? literalAt(column, constants);
  return said === undefined ? [] : [{ name: said.node.text, at: said.node, said, into: undefined }];
}

/** SQL: `@Check('name <> 1')`, `@Index({ where: 'name IS NULL' })`, `asExpression`, `@Exclusion(…)`, `@VirtualColumn({ query })`. */
function textsOf(call: TypeScript.CallExpression, tree: UseTree): readonly EntityText[] {
  const name = calledName(call) ?? '';
  const last = call.arguments.at(-1);
  if (last !== undefined && /^(Check|Exclusion)$/.test(name))
    return [{ kind: name === 'Check' ? 'condition' : 'exclusion', node: last }];
  const options = optionsOf(call, tree);
  const query = name === 'VirtualColumn' ? optionAt(options, 'query', tree.constants)?.node : undefined;
  if (query !== undefined && ts.isArrowFunction(query))
    return [{ kind: 'query', node: query.body, row: query.parameters[0]?.name.getText() }];
  return ['where', 'asExpression', 'default'].flatMap((key) => {
    const node = optionAt(options, key, tree.constants)?.node;
    return node === undefined ? [] : [{ kind: 'condition', node: ts.isArrowFunction(node) ? node.body : node }];
  });
}

/** The calls among the decorators of a node. */
export function callsOn(node: TypeScript.HasDecorators): readonly TypeScript.CallExpression[] {
  return (ts.getDecorators(node) ?? []).flatMap(({ expression }) =>
    ts.isCallExpression(expression) ? [expression] : [],
  );
}

export function decoratorOf(node: TypeScript.HasDecorators, pattern: RegExp): TypeScript.CallExpression | undefined {
  return callsOn(node).find((call) => pattern.test(calledName(call) ?? ''));
}

/** The argument of a decorator that holds its options, written here or under a name. */
function optionsOf(call: TypeScript.CallExpression, { constants }: UseTree): TypeScript.Expression | undefined {
  return call.arguments.find((argument) => objectAt(argument, constants) !== undefined);
}
