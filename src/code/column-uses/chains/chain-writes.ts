import type * as TypeScript from 'typescript';
import type { NestedEdit } from '#core/nested-edit';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing } from '../code-use.ts';
import { spelledKey } from '../syntax.ts';
import { inCode, type Look, resolved } from './chain-names.ts';
import type { Stand } from './chain-strings.ts';

export type Property = {
  readonly property: TypeScript.ObjectLiteralElementLike;
  readonly name: TypeScript.PropertyName;
  readonly key: string;
  readonly found: Pick<CodeUse, 'change' | 'doubt'>;
};

/** The key of an object as a use; what is written may be written under both names. */
export function propertyUse(
  { property, name, key, found: { change, doubt } }: Property,
  { meaning }: Stand,
  { roles, tree }: Look,
): CodeUse {
  const to = newNameOf(tree.changes[change]);
  const [start, end] = [name.getStart(), name.getEnd()];
  const role = meaning === 'write' ? 'write' : 'read';
  const base = { path: name.getSourceFile().fileName, start, end, kind: roles.kind, role, change, doubt } as const;
  if (to === undefined) return { ...base, first: [], final: [] };
  const prefix = key.includes('.') ? key.slice(0, key.lastIndexOf('.') + 1) : '';
  const fresh = spelledKey(`${prefix}${inCode(to, roles)}`);
  const isShort = ts.isShorthandPropertyAssignment(property);
  const final = isShort ? [replacing(start, end, `${fresh}: ${name.getText()}`)] : [replacing(start, end, fresh)];
  if (role !== 'write') return { ...base, ...bothVersions(final) };
  const value = isShort ? name : ts.isPropertyAssignment(property) ? property.initializer : undefined;
  if (value === undefined || !mayRepeat(value)) return { ...base, ...bothVersions(final) };
  const at = property.getEnd();
  const copy = { start: value.getStart(), end: value.getEnd() };
  const first: readonly NestedEdit[] = [{ start: at, end: at, parts: [`, ${fresh}: `, copy] }];
  return { ...base, first, final };
}

/** A name, a member or a constant; two readings of it are the same. */
function mayRepeat(value: TypeScript.Node): boolean {
  if (ts.isPropertyAccessExpression(value) || ts.isNonNullExpression(value) || ts.isAsExpression(value))
    return mayRepeat(value.expression);
  return (
    ts.isIdentifier(value) ||
    ts.isLiteralExpression(value) ||
    [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.ThisKeyword].includes(value.kind)
  );
}

/** Something is written whose columns are not written here. */
export async function unknownWrite(argument: TypeScript.Expression, look: Look): Promise<readonly CodeUse[]> {
  const { tree, roles } = look;
  const said = argument.getText().replaceAll(/\s+/g, ' ');
  const source = said.length > 60 ? `${said.slice(0, 59)}…` : said;
  const doubt = `The columns come from ${source}, whose keys are not written in this file.`;
  const uses = await Promise.all(
    tree.changes.map(async (change, index) => {
      const found = 'column' in change ? await resolved(inCode(change.column, roles), look) : [];
      if (!found.some((one) => one.change === index)) return [];
      const [start, end] = [argument.getStart(), argument.getEnd()];
      return [
        {
          path: argument.getSourceFile().fileName,
          start,
          end,
          change: index,
          kind: roles.kind,
          role: 'write',
          doubt,
          first: [],
          final: [],
        } as const,
      ];
    }),
  );
  return uses.flat();
}
