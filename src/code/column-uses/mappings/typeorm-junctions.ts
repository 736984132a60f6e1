import type * as TypeScript from 'typescript';
import type { NamedChange } from '#core/named-change';
import type { NestedEdit } from '#core/nested-edit';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing, type UseTree } from '../code-use.ts';
import { throughConstants } from '../flows/through-constants.ts';
import { changesOf } from '../name-match.ts';
import { calledName } from '../syntax.ts';
import { type Literal, objectAt, optionAt, textAt } from './literal.ts';
import { classEntity, primaryOf, relatedClass } from './typeorm-entities.ts';
import type { TypeormEntity } from './typeorm-entity.ts';
import { joinedName, junctionName, type Naming } from './typeorm-naming.ts';

/** A table of a relation between many, as its decorator tells TypeORM, or as TypeORM names it by itself. */
type Junction = {
  readonly call: TypeScript.CallExpression;
  readonly schema: string | undefined;
  readonly table: string;
  readonly said: Literal | undefined;
  readonly ends: readonly End[];
};

type End = {
  readonly key: 'joinColumn' | 'inverseJoinColumn';
  readonly entity: TypeormEntity | undefined;
  /** The column of the entity that it refers to. */
  readonly referred: string;
  readonly column: string;
  readonly said: Literal | undefined;
  /** The object that would get a name, where one is written. */
  readonly into: TypeScript.ObjectLiteralExpression | undefined;
  /** Is it one of several, so that no name can be added for it alone? */
  readonly isListed: boolean;
};

/** Names that a decorator of such a table says, and those that it leaves to the names of the tables it joins. */
export function junctionUses(node: TypeScript.Node, tree: UseTree, naming: Naming): readonly CodeUse[] {
  const isJunction = ts.isCallExpression(node) && calledName(node) === 'JoinTable' && ts.isDecorator(node.parent);
  const junction = isJunction ? junctionOf(node, tree, naming) : undefined;
  return junction === undefined ? [] : [...ownUses(junction, tree), ...dependentUses(junction, tree)];
}

function junctionOf(call: TypeScript.CallExpression, tree: UseTree, naming: Naming): Junction | undefined {
  const member = call.parent.parent;
  if (!ts.isPropertyDeclaration(member) || !ts.isClassDeclaration(member.parent)) return undefined;
  const [options] = call.arguments;
  const classes = { joinColumn: member.parent, inverseJoinColumn: relatedClass(member, tree) };
  const owner = classEntity(classes.joinColumn, tree, naming);
  const target = classes.inverseJoinColumn && classEntity(classes.inverseJoinColumn, tree, naming);
  const said = textAt(options, 'name', tree.constants);
  const ends = (['joinColumn', 'inverseJoinColumn'] as const).flatMap((key): readonly End[] => {
    const entity = key === 'joinColumn' ? owner : target;
    const one = optionAt(options, key, tree.constants)?.node;
    const list = optionAt(options, `${key}s`, tree.constants)?.node;
    const given = list !== undefined && ts.isArrayLiteralExpression(list) ? [...list.elements] : [one];
    return given.map((column) => {
      const named = textAt(column, 'name', tree.constants);
      const own = classes[key];
      const property =
        textAt(column, 'referencedColumnName', tree.constants)?.node.text ?? (own && primaryOf(own, tree)) ?? 'id';
      const referred = entity?.columns.find(({ at }) => at.getText() === property)?.name ?? property;
      const made = joinedName(entity?.name ?? '', referred, naming);
      const into = objectAt(column, tree.constants)?.node;
      return {
        key,
        entity,
        referred,
        column: named?.node.text ?? made,
        said: named,
        into,
        isListed: list !== undefined,
      };
    });
  });
  const schema = textAt(options, 'schema', tree.constants)?.node.text;
  const table = said?.node.text ?? junctionName(owner?.name ?? '', member.name.getText(), target?.name ?? '');
  return { call, schema, table, said, ends };
}

const byHand = 'No patch: the name of this table or column is not written here. Change it by hand.';

/** The table of the relation itself changes, or a column of it. */
function ownUses(junction: Junction, { changes }: UseTree): readonly CodeUse[] {
  return changesOf(changes, { schema: junction.schema, name: junction.table }).flatMap(({ change, index }) => {
    const to = newNameOf(change);
    const isColumn = 'column' in change;
    const named = isColumn ? junction.ends.filter(({ column }) => column === change.column) : [junction];
    return named.map(({ said, ...one }): CodeUse => {
      const kind = isColumn ? 'typeorm/column' : 'typeorm/entity';
      const base = { change: index, kind, role: 'mapping', doubt: undefined } as const;
      if (said === undefined) {
        const pins: Pins =
          'key' in one ? { columns: [{ ...one, said, column: to ?? '' }] } : { table: to, columns: [] };
        const edits = to === undefined ? [] : pinned(junction.call, pins);
        const unedited = edits === undefined ? byHand : undefined;
        return { ...base, ...placeOf(junction.call), ...bothVersions(edits ?? []), unedited };
      }
      const [start, end] = [said.node.getStart() + 1, said.node.getEnd() - 1];
      const path = said.node.getSourceFile().fileName;
      const edits = bothVersions(to === undefined ? [] : [replacing(start, end, to)]);
      return throughConstants({ ...base, path, start, end, ...edits }, said.through);
    });
  });
}

const dependent =
  'No patch: TypeORM makes the names of this table of relations from those of the tables that it joins, and would make others. Say the old ones by hand.';

/** What it joins changes, and with it the names that TypeORM makes: they are said as they are. */
function dependentUses(junction: Junction, { changes }: UseTree): readonly CodeUse[] {
  const touched = changes.flatMap((change, index) => {
    const ends = junction.ends.filter((end) => dependsOn(end, change));
    return ends.length === 0 || newNameOf(change) === undefined ? [] : [{ change, index, ends }];
  });
  const isTable = touched.some(({ change }) => !('column' in change));
  const columns = touched.flatMap(({ ends }) => ends).filter(({ said }) => said === undefined);
  const table = isTable && junction.said === undefined ? junction.table : undefined;
  if (columns.length === 0 && table === undefined) return [];
  const edits = pinned(junction.call, { table, columns: [...new Set(columns)] });
  return touched.map(({ index }, place): CodeUse => {
    const base = { change: index, kind: 'typeorm/junction', role: 'mapping', doubt: undefined } as const;
    const own = bothVersions(place === 0 ? (edits ?? []) : []);
    return { ...base, ...placeOf(junction.call), ...own, unedited: edits === undefined ? dependent : undefined };
  });
}

function dependsOn({ entity, referred }: End, change: NamedChange): boolean {
  if (entity === undefined) return false;
  const isOf = changesOf([change], entity).length > 0;
  return isOf && (!('column' in change) || change.column === referred);
}

type Pins = { readonly table?: string | undefined; readonly columns: readonly End[] };

/** The options with these names in them; undefined where they cannot be added. */
function pinned(call: TypeScript.CallExpression, { table, columns }: Pins): readonly NestedEdit[] | undefined {
  const [options] = call.arguments;
  if (columns.some(({ isListed }) => isListed)) return undefined;
  const inner = columns.flatMap(({ into, column }) =>
    into === undefined ? [] : [inserted(into, [`name: '${column}'`])],
  );
  const own = [
    ...(table === undefined ? [] : [`name: '${table}'`]),
    ...columns.flatMap(({ key, into, column }) => (into === undefined ? [`${key}: { name: '${column}' }`] : [])),
  ];
  if (own.length === 0) return inner;
  if (options === undefined) return [replacing(call.getEnd() - 1, call.getEnd() - 1, `{ ${own.join(', ')} }`)];
  return ts.isObjectLiteralExpression(options) ? [...inner, inserted(options, own)] : undefined;
}

/** More options in front of those that an object has. */
function inserted(object: TypeScript.ObjectLiteralExpression, own: readonly string[]): NestedEdit {
  const start = object.getStart() + 1;
  return replacing(start, start, ` ${own.join(', ')}${object.properties.length === 0 ? ' ' : ','}`);
}

function placeOf(node: TypeScript.Node): Pick<CodeUse, 'path' | 'start' | 'end'> {
  return { path: node.getSourceFile().fileName, start: node.getStart(), end: node.getEnd() };
}
