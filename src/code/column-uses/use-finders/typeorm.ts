import type * as TypeScript from 'typescript';
import type { NestedEdit } from '#core/nested-edit';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing, type UseTree } from '../code-use.ts';
import { throughConstants } from '../flows/through-constants.ts';
import { entityOf } from '../mappings/typeorm-entities.ts';
import type { EntityText, TypeormColumn, TypeormEntity } from '../mappings/typeorm-entity.ts';
import { junctionUses } from '../mappings/typeorm-junctions.ts';
import { namesSnake } from '../mappings/typeorm-naming.ts';
import { queryUses } from '../mappings/typeorm-queries.ts';
import { changesOf } from '../name-match.ts';
import { calledName } from '../syntax.ts';
import { literalPieces } from '../texts/literal-pieces.ts';
import { outOfCode, type Piece, readSql } from '../texts/sql-text.ts';
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
        uses.push(...junctionUses(node, tree, naming));
      }
    }
    const entities = found.map(({ entity }) => entity);
    for (const file of tree.files) {
      tree.signal.throwIfAborted();
      const source = file.tree();
      if (source !== undefined) uses.push(...queryUses(source, { tree, entities }));
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
        .map((column) => columnUse({ ...base, kind: 'typeorm/column' }, column, to));
    }
    const edits = to === undefined ? [] : renamedEntity(entity, to);
    const unedited = to !== undefined && edits.length === 0 ? byHand : undefined;
    const use = { ...base, kind: 'typeorm/entity', ...placeOf(saidAt(entity)), ...bothVersions(edits), unedited };
    return [throughConstants(use, entity.said?.through ?? [])];
  });
}

/** Where a name is said, if that is elsewhere; else what it is the name of. */
function saidAt({ at, said }: Pick<TypeormEntity | TypeormColumn, 'at' | 'said'>): TypeScript.Node {
  return said === undefined || said.through.length === 0 ? at : said.node;
}

function columnUse(
  base: Pick<CodeUse, 'change' | 'kind' | 'role' | 'doubt'>,
  column: TypeormColumn,
  to: string | undefined,
): CodeUse {
  const use = { ...base, ...placeOf(saidAt(column)), ...columnEdits(column, to) };
  return throughConstants(use, column.said?.through ?? []);
}

const byHand = 'No patch: its name is made of several parts, or is not written here. Change it by hand.';

function placeOf(node: TypeScript.Node): Pick<CodeUse, 'path' | 'start' | 'end'> {
  return { path: node.getSourceFile().fileName, start: node.getStart(), end: node.getEnd() };
}

function columnEdits({ said, into }: TypeormColumn, to: string | undefined) {
  if (to === undefined) return bothVersions([]);
  if (said !== undefined) return bothVersions([replacing(said.node.getStart() + 1, said.node.getEnd() - 1, to)]);
  return into === undefined ? { ...bothVersions([]), unedited: byHand } : bothVersions(addedOption(into, to));
}

/** `@Column()`, `@Column('text')`, `@Column({ nullable: true })` and `@Column(options)` with a name. */
function addedOption(into: TypeScript.Expression, to: string, key = 'name'): readonly NestedEdit[] {
  if (ts.isObjectLiteralExpression(into)) {
    const start = into.getStart() + 1;
    return [replacing(start, start, ` ${key}: '${to}'${into.properties.length === 0 ? ' ' : ','}`)];
  }
  if (!ts.isCallExpression(into)) {
    const [start, end] = [into.getStart(), into.getEnd()];
    return [replacing(start, start, '{ ...'), replacing(end, end, `, ${key}: '${to}' }`)];
  }
  const end = into.getEnd() - 1;
  return [replacing(end, end, `${into.arguments.length === 0 ? '' : ', '}{ ${key}: '${to}' }`)];
}

function renamedEntity({ at, said }: TypeormEntity, to: string): readonly NestedEdit[] {
  if (said !== undefined) return [replacing(said.node.getStart() + 1, said.node.getEnd() - 1, to)];
  const [first] = at.arguments ?? [];
  if (first !== undefined) return addedOption(first, to, ts.isNewExpression(at) ? 'tableName' : 'name');
  const isEmpty = ts.isCallExpression(at) && calledName(at) === 'Entity';
  return isEmpty ? [replacing(at.getEnd() - 1, at.getEnd() - 1, `'${to}'`)] : [];
}

/** SQL of an entity, over its table. */
async function conditionUses({ schema, name, texts }: TypeormEntity, tree: UseTree): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [];
  const table = [schema, name].flatMap((part) => (part === undefined ? [] : [`"${part}"`])).join('.');
  for (const text of texts) {
    const pieces = piecesOf(text, tree);
    const [before, after] = around[text.kind](table);
    const read =
      pieces.length === 0
        ? { message: '' }
        : await readSql([outOfCode(before), ...pieces, outOfCode(after)], tree.readNames);
    if ('message' in read) continue;
    for (const place of read.answer.places) {
      const use = useOfPlace(place, read, 'typeorm/condition');
      if (use !== undefined) uses.push(text.kind === 'exclusion' ? renamedIn(use, tree) : use);
    }
  }
  return uses;
}

/** What defines something has no edit by itself; here it is a part of the code. */
function renamedIn(use: CodeUse, { changes, files }: UseTree): CodeUse {
  const to = newNameOf(changes[use.change]);
  const text = files.find(({ path }) => path === use.path)?.text.slice(use.start, use.end) ?? '';
  const quote = text.startsWith('"') ? 1 : 0;
  const edits = to === undefined ? [] : [replacing(use.start + quote, use.end - quote, to)];
  return { ...use, doubt: undefined, ...bothVersions(edits) };
}

const row = '"row of the entity"';

/** What makes a statement of each text. */
const around: Readonly<Record<EntityText['kind'], (table: string) => readonly [string, string]>> = {
  condition: (table) => [`SELECT 1 FROM ${table} WHERE (`, ') IS NOT NULL'],
  exclusion: (table) => [`ALTER TABLE ${table} ADD EXCLUDE `, ''],
  query: (table) => [`SELECT (`, `) FROM ${table} AS ${row}`],
};

/** The text; the parameter of a query stands for the row. */
function piecesOf({ node, row: name }: EntityText, { constants }: UseTree): readonly Piece[] {
  const pieces = literalPieces(node, constants) ?? [];
  const text = node.getSourceFile().text;
  return pieces.map((piece) =>
    piece.kind === 'hole' && name !== undefined && text.slice(piece.start, piece.end) === `\${${name}}`
      ? outOfCode(row)
      : piece,
  );
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
