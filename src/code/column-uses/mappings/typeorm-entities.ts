import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { UseFile, UseTree } from '../code-use.ts';
import { snakeCase } from '../name-match.ts';
import { calledName, propertyName, propertyOf } from '../syntax.ts';

/** A table as TypeORM is told of it, by decorators or by a schema. */
export type TypeormEntity = {
  readonly schema: string | undefined;
  readonly name: string;
  /** What says that it is an entity, and the literal with the name of its table. */
  readonly at: TypeScript.CallExpression | TypeScript.NewExpression;
  readonly said: TypeScript.StringLiteralLike | undefined;
  readonly columns: readonly TypeormColumn[];
  /** Texts in SQL that it holds: conditions of indexes, checks. */
  readonly texts: readonly TypeScript.Node[];
};

export type TypeormColumn = {
  readonly name: string;
  /** The name of the property. */
  readonly at: TypeScript.Node;
  /** The literal with the name of the column. */
  readonly said: TypeScript.StringLiteralLike | undefined;
  /** The options that would get one, or the call that would get options; undefined where none can be added. */
  readonly into: TypeScript.ObjectLiteralExpression | TypeScript.CallExpression | undefined;
};

type Naming = {
  readonly isSnake: boolean;
  /** Prefixes of the classes in which a column is embedded, the outermost first. */
  readonly prefixes?: readonly string[];
};

const columns =
  /^(Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn)$/;
const depthMax = 6;

/** The entities that a class or a schema of a file declares. */
export function entityOf(node: TypeScript.Node, tree: UseTree, naming: Naming): TypeormEntity | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'EntitySchema') return schemaEntity(node, naming);
  return ts.isClassDeclaration(node) ? classEntity(node, tree, naming) : undefined;
}

/** Does the tree tell TypeORM to name columns as `first_name`? */
export function namesSnake(files: readonly UseFile[]): boolean {
  return files.some(({ text }) => /\bSnake(Case)?NamingStrategy\b/.test(text));
}

function classEntity(node: TypeScript.ClassDeclaration, tree: UseTree, naming: Naming): TypeormEntity | undefined {
  const bases = basesOf(node, tree);
  const isChild = decoratorOf(node, /^ChildEntity$/) !== undefined;
  const own = decoratorOf(node, /^Entity$/);
  const holder = own === undefined && isChild ? bases.find((base) => decoratorOf(base, /^Entity$/)) : node;
  const entity = own ?? (holder && decoratorOf(holder, /^Entity$/));
  if (holder === undefined || entity === undefined) return undefined;
  const said = entity.arguments.find((argument) => ts.isStringLiteralLike(argument)) ?? optionOf(entity, 'name');
  const members = [node, ...bases].flatMap((one) => [...one.members]);
  const decorated = [node, ...members].flatMap((one) => (ts.canHaveDecorators(one) ? callsOn(one) : []));
  const isOwn = (one: TypeScript.Expression | undefined) => one !== undefined && ts.isStringLiteralLike(one);
  return {
    schema: textOf(optionOf(entity, 'schema')),
    name: textOf(said) ?? snakeCase(holder.name?.text ?? ''),
    at: entity,
    said: isOwn(said) && said !== undefined && ts.isStringLiteralLike(said) ? said : undefined,
    columns: [
      ...members.flatMap((member) => (ts.isPropertyDeclaration(member) ? columnsOf(member, tree, naming) : [])),
      ...decorated.filter((call) => calledName(call) === 'TableInheritance').flatMap(discriminator),
    ],
    texts: decorated.flatMap(textsOf),
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

function columnsOf(member: TypeScript.PropertyDeclaration, tree: UseTree, naming: Naming): readonly TypeormColumn[] {
  if (!ts.isIdentifier(member.name)) return [];
  const property = member.name.text;
  const joins = decoratorOf(member, /^JoinColumn$/);
  if (joins !== undefined || decoratorOf(member, /^ManyToOne$/) !== undefined)
    return joinColumns(member, joins, naming);
  const call = decoratorOf(member, columns);
  if (call === undefined) return [];
  const [first] = call.arguments;
  if (first !== undefined && ts.isArrowFunction(first)) return embedded(member, { call, first }, tree, naming);
  const value = optionOf(call, 'name');
  if (value !== undefined && !ts.isStringLiteralLike(value)) return [];
  return [
    {
      name: nameFor({ property, said: value?.text }, naming),
      at: member.name,
      said: value,
      into: optionsOf(call) ?? call,
    },
  ];
}

/** `@ManyToOne(() => User) @JoinColumn({ name: 'user_id' })`; without a name it is made of the property and `id`. */
function joinColumns(
  member: TypeScript.PropertyDeclaration,
  call: TypeScript.CallExpression | undefined,
  naming: Naming,
): readonly TypeormColumn[] {
  const property = member.name.getText();
  const made = naming.isSnake ? `${snakeCase(property)}_id` : `${property}Id`;
  const [first] = call?.arguments ?? [];
  const options = first !== undefined && ts.isArrayLiteralExpression(first) ? first.elements : [first];
  return options.map((option): TypeormColumn => {
    const object = option !== undefined && ts.isObjectLiteralExpression(option) ? option : undefined;
    const said = object === undefined ? undefined : valueAt(object, 'name');
    const named = said !== undefined && ts.isStringLiteralLike(said) ? said : undefined;
    const into = object ?? (call?.arguments.length === 0 ? call : undefined);
    return {
      name: nameFor({ property, said: named?.text ?? made }, naming),
      at: member.name,
      said: named,
      into,
    };
  });
}

type Embedding = { readonly call: TypeScript.CallExpression; readonly first: TypeScript.ArrowFunction };

/** `@Column(() => Address) address`: each column of the class behind a prefix. */
function embedded(
  member: TypeScript.PropertyDeclaration,
  { call, first }: Embedding,
  tree: UseTree,
  naming: Naming,
): readonly TypeormColumn[] {
  const target = ts.isExpression(first.body) ? tree.names.targetOf(first.body) : undefined;
  if (target?.kind !== 'node' || !ts.isClassDeclaration(target.node)) return [];
  const given = optionOf(call, 'prefix');
  const isBare = given?.kind === ts.SyntaxKind.FalseKeyword || textOf(given) === '';
  const prefix = textOf(given) ?? member.name.getText();
  const own = { ...naming, prefixes: [...(naming.prefixes ?? []), ...(isBare ? [] : [prefix])] };
  const inner = [target.node, ...basesOf(target.node, tree)].flatMap((one) => [...one.members]);
  return inner
    .flatMap((one) => (ts.isPropertyDeclaration(one) ? columnsOf(one, tree, own) : []))
    .map((column) => ({ ...column, said: undefined, into: undefined }));
}

/** The name of a column as `columnName` of TypeORM's DefaultNamingStrategy makes it, or that of typeorm-naming-strategies. */
function nameFor(
  { property, said }: { readonly property: string; readonly said: string | undefined },
  { isSnake, prefixes = [] }: Naming,
): string {
  if (isSnake) return `${snakeCase([...prefixes, ''].join('_'))}${said ?? snakeCase(property)}`;
  const name = said ?? property;
  if (prefixes.length === 0) return name;
  const title = name.replace(/\w\S*/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
  const lead = prefixes
    .join('_')
    .replace(
      /^([A-Z])|[\s_-](\w)/g,
      (_, first: string | undefined, next = '') => first?.toLowerCase() ?? next.toUpperCase(),
    );
  return `${lead}${title}`;
}

/** `@TableInheritance({ column: { name: 'kind' } })` */
function discriminator(call: TypeScript.CallExpression): readonly TypeormColumn[] {
  const column = optionOf(call, 'column');
  const said = column !== undefined && ts.isObjectLiteralExpression(column) ? valueAt(column, 'name') : column;
  if (said === undefined || !ts.isStringLiteralLike(said)) return [];
  return [{ name: said.text, at: said, said, into: undefined }];
}

/** Conditions in SQL: `@Check('name <> 1')`, `@Index({ where: 'name IS NULL' })`, `asExpression`. */
function textsOf(call: TypeScript.CallExpression): readonly TypeScript.Node[] {
  const name = calledName(call) ?? '';
  const last = call.arguments.at(-1);
  if (name === 'Check') return last === undefined ? [] : [last];
  const options = ['where', 'asExpression', 'default'].flatMap((key) => optionOf(call, key) ?? []);
  return options.map((one) => (ts.isArrowFunction(one) ? one.body : one));
}

/** `new EntitySchema({ name: 'User', tableName: 'users', columns: { name: { type: String } } })` */
function schemaEntity(node: TypeScript.NewExpression, { isSnake }: Naming): TypeormEntity | undefined {
  const [given] = node.arguments ?? [];
  if (given === undefined || !ts.isObjectLiteralExpression(given)) return undefined;
  const said = valueAt(given, 'tableName');
  const listed = valueAt(given, 'columns');
  const relations = valueAt(given, 'relations');
  const members = (one: TypeScript.Expression | undefined) =>
    one !== undefined && ts.isObjectLiteralExpression(one) ? [...one.properties] : [];
  const own = members(listed).flatMap((property): readonly TypeormColumn[] => {
    const key = propertyName(property);
    const options = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    if (key === undefined || property.name === undefined || options === undefined) return [];
    const into = ts.isObjectLiteralExpression(options) ? options : undefined;
    const value = into === undefined ? undefined : valueAt(into, 'name');
    const named = value !== undefined && ts.isStringLiteralLike(value) ? value : undefined;
    return [{ name: named?.text ?? (isSnake ? snakeCase(key) : key), at: property.name, said: named, into }];
  });
  const joins = members(relations).flatMap((relation): readonly TypeormColumn[] => {
    const options = ts.isPropertyAssignment(relation) ? relation.initializer : undefined;
    const join =
      options !== undefined && ts.isObjectLiteralExpression(options) ? valueAt(options, 'joinColumn') : undefined;
    const value = join !== undefined && ts.isObjectLiteralExpression(join) ? valueAt(join, 'name') : undefined;
    return value !== undefined && ts.isStringLiteralLike(value)
      ? [{ name: value.text, at: value, said: value, into: undefined }]
      : [];
  });
  return {
    schema: textOf(valueAt(given, 'schema')),
    name: textOf(said) ?? snakeCase(textOf(valueAt(given, 'name')) ?? ''),
    at: node,
    said: said !== undefined && ts.isStringLiteralLike(said) ? said : undefined,
    columns: [...own, ...joins],
    texts: [],
  };
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

function optionsOf(call: TypeScript.CallExpression): TypeScript.ObjectLiteralExpression | undefined {
  return call.arguments.find((argument) => ts.isObjectLiteralExpression(argument));
}

/** An option of a decorator, in whichever of its arguments. */
function optionOf(call: TypeScript.CallExpression, name: string): TypeScript.Expression | undefined {
  const options = optionsOf(call);
  return options === undefined ? undefined : valueAt(options, name);
}

export function valueAt(object: TypeScript.ObjectLiteralExpression, name: string): TypeScript.Expression | undefined {
  const property = propertyOf(object, name);
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

function textOf(node: TypeScript.Expression | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
