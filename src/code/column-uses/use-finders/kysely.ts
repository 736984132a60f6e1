import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import { kyselyMeanings } from '../chains/call-meanings.ts';
import type { ChainRoles } from '../chains/chain-names.ts';
import type { ChainWords } from '../chains/query-chain.ts';
import { usesOfChains } from '../chains/uses-of-chains.ts';
import { type CodeUse, newNameOf, replacing, type UseFile, type UseTree } from '../code-use.ts';
import { secondColumn } from '../mappings/second-column.ts';
import { camelCase, changesOf } from '../name-match.ts';
import { propertyName, spelledKey } from '../syntax.ts';
import type { UseFinder } from '../use-finder.ts';

const words: ChainWords = {
  tables: /^(selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto|from|using)$/,
  joins: /^(inner|left|right|full|cross)Join(Lateral)?$/,
  isRoot: false,
  meanings: kyselyMeanings,
  after: /^$/,
};

/** Kysely's builder, and the interfaces of tables behind `Kysely<Database>`. */
export const kysely: UseFinder = {
  id: 'kysely',
  summary: 'columns in calls of Kysely’s builder, and the interfaces of its tables, with CamelCasePlugin too',
  async find(tree) {
    if (!tree.usesPackage('kysely')) return [];
    const isCamel = tree.files.some(({ text }) => /CamelCasePlugin/.test(text));
    const roles: ChainRoles = {
      kind: 'kysely',
      outputs: /^(select|returning|distinctOn)$/,
      writes: /^(values|set|doUpdateSet|thenUpdateSet|thenInsertValues)$/,
      calls: kyselyMeanings,
      all: /^(selectAll|returningAll)$/,
      isAllByDefault: false,
      isCamel,
      shapeOf: ({ calls }) => {
        const last = calls.at(-1)?.name ?? '';
        return last === 'execute' ? 'rows' : /^executeTakeFirst/.test(last) ? 'row' : undefined;
      },
    };
    return [...databaseTypes(tree, isCamel), ...(await usesOfChains({ roles, words }, tree))];
  },
};

type Members = { readonly file: UseFile; readonly members: readonly TypeScript.TypeElement[] };

/** `interface Database { users: UsersTable }` and the interface of the table. */
function databaseTypes(tree: UseTree, isCamel: boolean): readonly CodeUse[] {
  const types = new Map<string, Members>();
  const databases = new Set<string>();
  for (const file of tree.files) {
    const source = file.tree();
    if (source === undefined) continue;
    for (const name of file.text.matchAll(/\bKysely<\s*(\w+)\s*>/g)) databases.add(name[1] ?? '');
    for (const node of nodesBelow(source)) {
      if (ts.isInterfaceDeclaration(node)) types.set(node.name.text, { file, members: node.members });
      if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type))
        types.set(node.name.text, { file, members: node.type.members });
    }
  }
  return [...databases].flatMap((name) => {
    const database = types.get(name);
    return (database?.members ?? []).flatMap((member) => tableType({ member, database }, { types, tree, isCamel }));
  });
}

type Known = { readonly types: ReadonlyMap<string, Members>; readonly tree: UseTree; readonly isCamel: boolean };
type Table = { readonly member: TypeScript.TypeElement; readonly database: Members | undefined };

function tableType({ member, database }: Table, { types, tree, isCamel }: Known): readonly CodeUse[] {
  const spell = (name: string) => (isCamel ? camelCase(name) : name);
  const key = propertyName(member) ?? '';
  if (!ts.isPropertySignature(member) || member.type === undefined || database === undefined) return [];
  const type = ts.isTypeReferenceNode(member.type)
    ? types.get(member.type.typeName.getText())
    : { file: database.file, members: ts.isTypeLiteralNode(member.type) ? [...member.type.members] : [] };
  return tree.changes.flatMap((change, index): readonly CodeUse[] => {
    const isTable = changesOf([change], { name: key }).length > 0 || spell(change.table.name) === key;
    if (!isTable) return [];
    const to = newNameOf(change);
    const base = { change: index, role: 'mapping', doubt: undefined } as const;
    if (!('column' in change)) {
      const [start, end] = [member.name.getStart(), member.name.getEnd()];
      const edits = to === undefined ? [] : [replacing(start, end, spelledKey(spell(to)))];
      return [{ ...base, path: database.file.path, kind: 'kysely/table', start, end, first: edits, final: edits }];
    }
    return (type?.members ?? []).flatMap((column): readonly CodeUse[] => {
      if (type === undefined || propertyName(column) !== spell(change.column) || column.name === undefined) return [];
      const [start, end] = [column.name.getStart(), column.name.getEnd()];
      const final = to === undefined ? [] : [replacing(start, end, spelledKey(spell(to)))];
      const first = to === undefined ? [] : [secondColumn(column, spelledKey(spell(to)))];
      return [{ ...base, path: type.file.path, kind: 'kysely/column', start, end, first, final }];
    });
  });
}
