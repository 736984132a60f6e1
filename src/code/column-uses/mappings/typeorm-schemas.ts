import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { Constants } from '../modules/constants.ts';
import { snakeCase } from '../name-match.ts';
import { propertyName } from '../syntax.ts';
import { objectAt, optionAt, textAt } from './literal.ts';
import type { EntityText, TypeormColumn, TypeormEntity } from './typeorm-entity.ts';
import type { Naming } from './typeorm-naming.ts';

/** `new EntitySchema({ name: 'User', tableName: 'users', columns: { name: { type: String } } })` */
export function schemaEntity(
  node: TypeScript.NewExpression,
  constants: Constants,
  { isSnake }: Naming,
): TypeormEntity | undefined {
  const [given] = node.arguments ?? [];
  if (given === undefined || objectAt(given, constants) === undefined) return undefined;
  const said = textAt(given, 'tableName', constants);
  const own = membersOf(optionAt(given, 'columns', constants)?.node, constants).flatMap(
    ({ key, at, options }): readonly TypeormColumn[] => {
      const named = textAt(options, 'name', constants);
      const name = named?.node.text ?? (isSnake ? snakeCase(key) : key);
      return [{ name, at, said: named, into: objectAt(options, constants)?.node }];
    },
  );
  const joins = membersOf(optionAt(given, 'relations', constants)?.node, constants).flatMap(
    ({ options }): readonly TypeormColumn[] => {
      const named = textAt(optionAt(options, 'joinColumn', constants)?.node, 'name', constants);
      return named === undefined ? [] : [{ name: named.node.text, at: named.node, said: named, into: undefined }];
    },
  );
  return {
    schema: textAt(given, 'schema', constants)?.node.text,
    name: said?.node.text ?? snakeCase(textAt(given, 'name', constants)?.node.text ?? ''),
    called: textAt(given, 'name', constants)?.node.text,
    at: node,
    said,
    columns: [...own, ...joins],
    texts: listed(given, 'checks', 'expression', constants).concat(listed(given, 'indices', 'where', constants)),
  };
}

type Member = { readonly key: string; readonly at: TypeScript.Node; readonly options: TypeScript.Expression };

/** The properties of an object, and of what is spread into it. */
function membersOf(node: TypeScript.Expression | undefined, constants: Constants, depth = 0): readonly Member[] {
  const object = depth > depthMax ? undefined : objectAt(node, constants)?.node;
  return (object?.properties ?? []).flatMap((property): readonly Member[] => {
    if (ts.isSpreadAssignment(property)) return membersOf(property.expression, constants, depth + 1);
    const key = propertyName(property);
    return key === undefined || !ts.isPropertyAssignment(property)
      ? []
      : [{ key, at: property.name, options: property.initializer }];
  });
}

const depthMax = 4;

/** `checks: [{ expression: 'name <> 1' }]` */
function listed(given: TypeScript.Expression, list: string, key: string, constants: Constants): readonly EntityText[] {
  const value = optionAt(given, list, constants)?.node;
  return value === undefined || !ts.isArrayLiteralExpression(value)
    ? []
    : value.elements.flatMap((one) => {
        const text = optionAt(one, key, constants)?.node;
        return text === undefined ? [] : [{ kind: 'condition', node: text }];
      });
}
