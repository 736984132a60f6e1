import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, type UseTree } from '../code-use.ts';
import { type PrismaModel, prismaModels } from '../mappings/prisma-schema.ts';
import { changesOf } from '../name-match.ts';
import { calledName, propertyName } from '../syntax.ts';
import type { UseFinder } from '../use-finder.ts';

/** Fields and models of Prisma schemas, and what of the client names such a field. */
export const prisma: UseFinder = {
  id: 'prisma',
  summary: 'fields and models of schema.prisma with @map and @@map, and the client’s uses of such a field by shape',
  async find(tree) {
    const models = tree.files
      .filter(({ path }) => path.endsWith('.prisma'))
      .flatMap(({ path, text }) => prismaModels(path, text));
    return [...models.flatMap((model) => mappingUses(model, tree)), ...clientUses(models, tree)];
  },
};

function mappingUses(model: PrismaModel, { changes }: UseTree): readonly CodeUse[] {
  return changesOf(changes, { schema: model.schema, name: model.table }).flatMap(
    ({ change, index }): readonly CodeUse[] => {
      const base = { path: model.path, change: index, role: 'mapping', doubt: undefined } as const;
      const to = newNameOf(change);
      const edits = ({ start, end, before, after }: PrismaModel['mapping']) =>
        bothVersions(to === undefined ? [] : [{ start, end, parts: [`${before}${to}${after}`] }]);
      if (!('column' in change)) {
        const { start, end } = model.mapping;
        return [{ ...base, kind: 'prisma/model', start, end, ...edits(model.mapping) }];
      }
      return model.fields
        .filter(({ column }) => column === change.column)
        .map(({ start, name, mapping }) => ({
          ...base,
          kind: 'prisma/field',
          start,
          end: start + name.length,
          ...edits(mapping),
        }));
    },
  );
}

const operations = new Set(
  'findMany findFirst findFirstOrThrow findUnique findUniqueOrThrow create createMany createManyAndReturn update updateMany updateManyAndReturn upsert delete deleteMany aggregate groupBy count'.split(
    ' ',
  ),
);

type Client = {
  readonly byName: ReadonlyMap<string, PrismaModel>;
  readonly tree: UseTree;
  readonly path: string;
  readonly uses: CodeUse[];
};

/** `prisma.user.findMany({ where: { name } })`: they go through the mapping, so that no edit is needed where it is changed. */
function clientUses(models: readonly PrismaModel[], tree: UseTree): readonly CodeUse[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const uses: CodeUse[] = [];
  if (models.length === 0) return uses;
  for (const file of tree.files) {
    tree.signal.throwIfAborted();
    const source = file.tree();
    if (source === undefined) continue;
    for (const node of nodesBelow(source)) {
      if (ts.isPropertyAccessExpression(node)) fieldPutIn(node, models, { byName, tree, path: file.path, uses });
      if (!ts.isCallExpression(node) || !operations.has(calledName(node) ?? '')) continue;
      const model = modelOf(node, models);
      const [argument] = node.arguments;
      if (model === undefined || argument === undefined) continue;
      walkArgument(argument, model, { byName, tree, path: file.path, uses });
    }
  }
  return uses;
}

/** `user` in `db.user.findMany`. */
function modelOf({ expression }: TypeScript.CallExpression, models: readonly PrismaModel[]): PrismaModel | undefined {
  if (!ts.isPropertyAccessExpression(expression) || !ts.isPropertyAccessExpression(expression.expression))
    return undefined;
  const accessor = expression.expression.name.text;
  return models.find(({ name }) => `${name.charAt(0).toLowerCase()}${name.slice(1)}` === accessor);
}

const putIn = 'It is the name of the field, which is put into SQL as if it were that of the column.';

/** `Prisma.raw(Prisma.UserScalarFieldEnum.name)` */
function fieldPutIn(node: TypeScript.PropertyAccessExpression, models: readonly PrismaModel[], client: Client): void {
  const called = /^(?:Prisma\.)?(\w+)ScalarFieldEnum$/.exec(node.expression.getText())?.[1];
  const model = called === undefined ? undefined : models.find(({ name }) => name === called);
  const field = model?.fields.find(({ name }) => name === node.name.text);
  const isRaw =
    ts.isTemplateSpan(node.parent) || (ts.isCallExpression(node.parent) && calledName(node.parent) === 'raw');
  if (model === undefined || field === undefined || !isRaw) return;
  note(node.name, { model, column: field.column, doubt: putIn }, client);
}

const named = new Set(['distinct', 'by']);

function walkArgument(node: TypeScript.Node, model: PrismaModel, client: Client): void {
  if (ts.isArrayLiteralExpression(node)) for (const element of node.elements) walkArgument(element, model, client);
  if (ts.isConditionalExpression(node))
    for (const side of [node.whenTrue, node.whenFalse]) walkArgument(side, model, client);
  if (ts.isParenthesizedExpression(node)) walkArgument(node.expression, model, client);
  if (!ts.isObjectLiteralExpression(node)) return;
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      walkArgument(spreadPart(property.expression), model, client);
      continue;
    }
    const key = propertyName(property);
    const field = model.fields.find(({ name }) => name === key);
    if (field !== undefined && property.name !== undefined)
      note(property.name, { model, column: field.column }, client);
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    if (value === undefined) continue;
    if (named.has(key ?? '')) noteNames(value, model, client);
    const related = field === undefined ? model : client.byName.get(field.type);
    if (related !== undefined) walkArgument(value, related, client);
  }
}

/** `...(name && { name })` */
function spreadPart(node: TypeScript.Expression): TypeScript.Expression {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return ts.isBinaryExpression(inner) ? inner.right : inner;
}

function noteNames(value: TypeScript.Node, model: PrismaModel, client: Client): void {
  const literals = ts.isArrayLiteralExpression(value) ? [...value.elements] : [value];
  for (const literal of literals) {
    if (!ts.isStringLiteralLike(literal)) continue;
    const field = model.fields.find(({ name }) => name === literal.text);
    if (field !== undefined) note(literal, { model, column: field.column }, client);
  }
}

function note(
  node: TypeScript.Node,
  { model, column, doubt }: { readonly model: PrismaModel; readonly column: string; readonly doubt?: string },
  { tree, path, uses }: Client,
): void {
  for (const { change, index } of changesOf(tree.changes, { schema: model.schema, name: model.table })) {
    if (!('column' in change) || change.column !== column) continue;
    const [start, end] = [node.getStart(), node.getEnd()];
    const base = { path, start, end, change: index, kind: 'prisma/client', role: 'read', doubt } as const;
    uses.push({ ...base, first: [], final: [] });
  }
}
