import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing, type UseTree } from '../code-use.ts';
import { changesOf } from '../name-match.ts';
import { calledName } from '../syntax.ts';
import { valueAt } from './typeorm-entities.ts';

/** `@JoinTable({ name: 'users_roles', joinColumn: { name: 'user_id' }, inverseJoinColumn: { name: 'role_id' } })` */
export function junctionUses(node: TypeScript.Node, { changes }: UseTree): readonly CodeUse[] {
  const isJunction = ts.isCallExpression(node) && calledName(node) === 'JoinTable' && ts.isDecorator(node.parent);
  const [options] = isJunction ? node.arguments : [];
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return [];
  const table = textAt(options, 'name');
  if (table === undefined) return [];
  const columns = ['joinColumn', 'inverseJoinColumn', 'joinColumns', 'inverseJoinColumns'].flatMap((key) => {
    const value = valueAt(options, key);
    const listed = value !== undefined && ts.isArrayLiteralExpression(value) ? value.elements : [value];
    return listed.flatMap((one) => {
      const name = one !== undefined && ts.isObjectLiteralExpression(one) ? textAt(one, 'name') : undefined;
      return name === undefined ? [] : [name];
    });
  });
  const schema = textAt(options, 'schema')?.text;
  return changesOf(changes, { schema, name: table.text }).flatMap(({ change, index }): readonly CodeUse[] => {
    const to = newNameOf(change);
    const isColumn = 'column' in change;
    const named = isColumn ? columns.filter(({ text }) => text === change.column) : [table];
    return named.map((literal): CodeUse => {
      const [start, end] = [literal.getStart() + 1, literal.getEnd() - 1];
      const path = literal.getSourceFile().fileName;
      const kind = isColumn ? 'typeorm/column' : 'typeorm/entity';
      const edits = bothVersions(to === undefined ? [] : [replacing(start, end, to)]);
      return { path, start, end, change: index, kind, role: 'mapping', doubt: undefined, ...edits };
    });
  });
}

function textAt(object: TypeScript.ObjectLiteralExpression, key: string): TypeScript.StringLiteralLike | undefined {
  const value = valueAt(object, key);
  return value !== undefined && ts.isStringLiteralLike(value) ? value : undefined;
}
