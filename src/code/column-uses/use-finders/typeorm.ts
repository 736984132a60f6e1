import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing, type UseTree } from '../code-use.ts';
import { entityOf, namesSnake, type TypeormColumn, type TypeormEntity } from '../mappings/typeorm-entities.ts';
import { junctionUses } from '../mappings/typeorm-junctions.ts';
import { queryUses } from '../mappings/typeorm-queries.ts';
import { changesOf } from '../name-match.ts';
import { calledName } from '../syntax.ts';
import { literalPieces } from '../texts/literal-pieces.ts';
import { outOfCode, readSql } from '../texts/sql-text.ts';
import { useOfPlace } from '../texts/use-of-place.ts';
import type { UseFinder } from '../use-finder.ts';

/** Entities and columns that are mapped by decorators or schemas, and texts that go past the mapping. */
export const typeorm: UseFinder = {
  id: 'typeorm',
  summary: 'TypeORM entities, their columns and conditions, and names that its query builder takes as they are',
  async find(tree) {
    if (!tree.usesPackage('typeorm')) return [];
    const naming = { isSnake: namesSnake(tree.files) };
    const uses: CodeUse[] = [];
    const found: Found[] = [];
    for (const file of tree.files) {
      tree.signal.throwIfAborted();
      const source = file.tree();
      if (source === undefined) continue;
      for (const node of nodesBelow(source)) {
        const entity = entityOf(node, tree, naming);
        if (entity !== undefined) {
          found.push({ entity, uses: entityUses(entity, tree) });
          uses.push(...(await conditionUses(entity, tree)));
        }
        uses.push(...junctionUses(node, tree), ...queryUses(node, tree));
      }
    }
    return [...settled(found), ...uses];
  },
};

type Found = { readonly entity: TypeormEntity; readonly uses: readonly CodeUse[] };

function entityUses(entity: TypeormEntity, { changes }: UseTree): readonly CodeUse[] {
  return changesOf(changes, entity).flatMap(({ change, index }): readonly CodeUse[] => {
    const base = { change: index, role: 'mapping', doubt: undefined } as const;
    const to = newNameOf(change);
    if ('column' in change) {
      return entity.columns
        .filter(({ name }) => name === change.column)
        .map((column) => ({ ...base, kind: 'typeorm/column', ...placeOf(column.at), ...columnEdits(column, to) }));
    }
    const edits = to === undefined ? [] : renamedEntity(entity, to);
    const unedited = to !== undefined && edits.length === 0 ? byHand : undefined;
    return [{ ...base, kind: 'typeorm/entity', ...placeOf(entity.at), ...bothVersions(edits), unedited }];
  });
}

const byHand = 'No patch: its name is made of several parts, or is not written here. Change it by hand.';

function placeOf(node: TypeScript.Node): Pick<CodeUse, 'path' | 'start' | 'end'> {
  return { path: node.getSourceFile().fileName, start: node.getStart(), end: node.getEnd() };
}

function columnEdits({ said, into }: TypeormColumn, to: string | undefined) {
  if (to === undefined) return bothVersions([]);
  if (said !== undefined) return bothVersions([replacing(said.getStart() + 1, said.getEnd() - 1, to)]);
  return into === undefined ? { ...bothVersions([]), unedited: byHand } : bothVersions([addedOption(into, to)]);
}

/** `@Column()`, `@Column('text')` and `@Column({ nullable: true })` with a name. */
function addedOption(into: TypeScript.ObjectLiteralExpression | TypeScript.CallExpression, to: string, key = 'name') {
  if (ts.isObjectLiteralExpression(into)) {
    const start = into.getStart() + 1;
    return replacing(start, start, ` ${key}: '${to}'${into.properties.length === 0 ? ' ' : ','}`);
  }
  const end = into.getEnd() - 1;
  return replacing(end, end, `${into.arguments.length === 0 ? '' : ', '}{ ${key}: '${to}' }`);
}

function renamedEntity({ at, said }: TypeormEntity, to: string) {
  if (said !== undefined) return [replacing(said.getStart() + 1, said.getEnd() - 1, to)];
  const [first] = at.arguments ?? [];
  if (first !== undefined && ts.isObjectLiteralExpression(first))
    return [addedOption(first, to, ts.isNewExpression(at) ? 'tableName' : 'name')];
  const isEmpty = ts.isCallExpression(at) && calledName(at) === 'Entity' && first === undefined;
  return isEmpty ? [replacing(at.getEnd() - 1, at.getEnd() - 1, `'${to}'`)] : [];
}

/** Conditions in SQL, over the table of the entity. */
async function conditionUses({ schema, name, texts }: TypeormEntity, tree: UseTree): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [];
  const table = [schema, name].flatMap((part) => (part === undefined ? [] : [`"${part}"`])).join('.');
  for (const text of texts) {
    const pieces = literalPieces(text, tree.constants) ?? [];
    const around = [outOfCode(`SELECT 1 FROM ${table} WHERE (`), ...pieces, outOfCode(') IS NOT NULL')];
    const read = pieces.length === 0 ? { message: '' } : await readSql(around, tree.readNames);
    if ('message' in read) continue;
    for (const place of read.answer.places) {
      const use = useOfPlace(place, read, 'typeorm/condition');
      if (use !== undefined) uses.push(use);
    }
  }
  return uses;
}

const shared = 'No patch: entities of several tables have this column from here. Change it by hand.';

/** A column that several entities have from one class: its name may not be written there for one of them alone. */
function settled(found: readonly Found[]): readonly CodeUse[] {
  const holders = new Map<TypeScript.Node, Set<TypeScript.Node>>();
  for (const { entity } of found) {
    for (const { at } of entity.columns) holders.set(at, (holders.get(at) ?? new Set()).add(entity.at));
  }
  return found.flatMap(({ entity, uses }) =>
    uses.map((use) => {
      const column = entity.columns.find(
        ({ at }) => at.getStart() === use.start && at.getSourceFile().fileName === use.path,
      );
      const isShared = column !== undefined && (holders.get(column.at)?.size ?? 0) > 1;
      return isShared && use.final.length > 0 ? { ...use, ...bothVersions([]), unedited: shared } : use;
    }),
  );
}
