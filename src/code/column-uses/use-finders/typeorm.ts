import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing, type UseFile, type UseTree } from '../code-use.ts';
import { changesOf, snakeCase } from '../name-match.ts';
import { calledName, propertyOf } from '../syntax.ts';
import type { UseFinder } from '../use-finder.ts';

/** Entities and columns that are mapped by decorators. */
export const typeorm: UseFinder = {
  id: 'typeorm',
  summary: 'TypeORM entities and their columns by decorator; what uses the property goes through that mapping',
  async find(tree) {
    if (!tree.usesPackage('typeorm')) return [];
    return tree.files.flatMap((file) => {
      const source = file.tree();
      if (source === undefined) return [];
      return [...nodesBelow(source)].flatMap((node) =>
        ts.isClassDeclaration(node) ? entityUses(node, file, tree) : [],
      );
    });
  },
};

const columns =
  /^(Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn)$/;

function entityUses(node: TypeScript.ClassDeclaration, file: UseFile, { changes }: UseTree): readonly CodeUse[] {
  const entity = decoratorOf(node, /^Entity$/);
  if (entity === undefined) return [];
  const said = entity.arguments.find((argument) => ts.isStringLiteralLike(argument)) ?? valueOfName(entity);
  const name = said !== undefined && ts.isStringLiteralLike(said) ? said.text : snakeCase(node.name?.text ?? '');
  return changesOf(changes, { name }).flatMap(({ change, index }): readonly CodeUse[] => {
    const base = { path: file.path, change: index, role: 'mapping', doubt: undefined } as const;
    const to = newNameOf(change);
    if ('column' in change) {
      return node.members.flatMap((member): readonly CodeUse[] => {
        const column = ts.isPropertyDeclaration(member) ? columnOf(member) : undefined;
        if (column === undefined || column.name !== change.column) return [];
        const edits = to === undefined ? [] : [column.renamed(to)];
        return [
          {
            ...base,
            kind: 'typeorm/column',
            start: column.at.getStart(),
            end: column.at.getEnd(),
            ...bothVersions(edits),
          },
        ];
      });
    }
    const start = entity.getStart();
    const edits = to === undefined ? [] : [renamedEntity(entity, said, to)];
    return [{ ...base, kind: 'typeorm/entity', start, end: entity.getEnd(), ...bothVersions(edits) }];
  });
}

function columnOf(member: TypeScript.PropertyDeclaration) {
  const call = decoratorOf(member, columns);
  if (call === undefined || !ts.isIdentifier(member.name)) return undefined;
  const value = valueOfName(call);
  if (value !== undefined && !ts.isStringLiteralLike(value)) return undefined;
  return {
    name: value?.text ?? member.name.text,
    at: member.name,
    renamed: (to: string) =>
      value === undefined ? addedOption(call, to) : replacing(value.getStart() + 1, value.getEnd() - 1, to),
  };
}

/** `@Column()`, `@Column('text')` and `@Column({ nullable: true })` with a name. */
function addedOption(call: TypeScript.CallExpression, to: string) {
  const options = call.arguments.find((argument) => ts.isObjectLiteralExpression(argument));
  if (options !== undefined) {
    const start = options.getStart() + 1;
    return replacing(start, start, ` name: '${to}'${options.properties.length === 0 ? ' ' : ','}`);
  }
  const end = call.getEnd() - 1;
  return replacing(end, end, `${call.arguments.length === 0 ? '' : ', '}{ name: '${to}' }`);
}

function renamedEntity(call: TypeScript.CallExpression, said: TypeScript.Node | undefined, to: string) {
  if (said !== undefined) return replacing(said.getStart() + 1, said.getEnd() - 1, to);
  return call.arguments.length === 0
    ? replacing(call.getEnd() - 1, call.getEnd() - 1, `'${to}'`)
    : addedOption(call, to);
}

function decoratorOf(node: TypeScript.HasDecorators, pattern: RegExp): TypeScript.CallExpression | undefined {
  const calls = (ts.getDecorators(node) ?? []).map(({ expression }) => expression);
  return calls.find(
    (call): call is TypeScript.CallExpression => ts.isCallExpression(call) && pattern.test(calledName(call) ?? ''),
  );
}

function valueOfName(call: TypeScript.CallExpression): TypeScript.Expression | undefined {
  for (const argument of call.arguments) {
    if (!ts.isObjectLiteralExpression(argument)) continue;
    const property = propertyOf(argument, 'name');
    if (property !== undefined && ts.isPropertyAssignment(property)) return property.initializer;
  }
  return undefined;
}
