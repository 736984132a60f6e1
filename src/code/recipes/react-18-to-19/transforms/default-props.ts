import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { type DefaultValue, defaultValuesOf } from '../defaults/default-values.ts';
import { optionalProps } from '../defaults/optional-props.ts';
import { defaulted, namesBoundBy } from '../defaults/parameter-defaults.ts';
import { insertBefore, removeWithGap } from '../editing/style.ts';
import { type FunctionComponent, functionComponentOf } from '../reading/function-components.ts';
import { indentOf, statementOf } from '../reading/places.ts';

/** `defaultProps` of function components become defaults of their parameters. Class components keep theirs. */
export const defaultProps: FileTransform = {
  kind: 'file',
  id: 'default-props',
  why: 'React 19 passes `defaultProps` over without a word on everything but class components; the props are then undefined.',
  files: sourceFiles,
  mentions: ['defaultProps'],
  transform(file) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const assignment of assignmentsIn(file.root())) {
      const made = rewritten(assignment);
      if (made === undefined) continue;
      if ('why' in made) unresolved.push(leftOpen(assignment, made.why));
      else edits.push(...made.edits);
    }
    return { edits, unresolved };
  },
};

type Assignment = { readonly node: SgNode; readonly statement: SgNode; readonly owner: SgNode; readonly value: SgNode };

function assignmentsIn(root: SgNode): readonly Assignment[] {
  return root.findAll({ rule: { kind: 'assignment_expression', regex: '\\bdefaultProps\\b' } }).flatMap((node) => {
    const [left, value] = [node.field('left'), node.field('right')];
    const object = left?.is('member_expression') === true ? left.field('object') : null;
    const owner = object === null ? null : bareOwner(object);
    const statement = statementOf(node);
    if (
      left?.field('property')?.text() !== 'defaultProps' ||
      owner === null ||
      value === null ||
      statement === undefined
    )
      return [];
    return [{ node, statement, owner, value }];
  });
}

/** Without the `as any` that TypeScript asks for. */
function bareOwner(object: SgNode): SgNode | null {
  if (object.is('identifier')) return object;
  const isWrapped = object.kind() === 'parenthesized_expression' || object.kind() === 'as_expression';
  const [inner] = object.namedChildren();
  return isWrapped && inner !== undefined ? bareOwner(inner) : null;
}

type Rewritten = { readonly edits: readonly TextEdit[] } | { readonly why: string } | undefined;

/** Undefined where the assignment is none of ours: a class, or a plain object. */
function rewritten({ statement, owner, value }: Assignment): Rewritten {
  const declared = declarationOf(owner);
  if (declared === undefined) return { why: `where \`${owner.text()}\` comes from cannot be seen` };
  if (declared.parent()?.kind().toString().includes('class') === true) return undefined;
  const component = functionComponentOf(declared);
  if (component === undefined)
    return isNoComponent(declared) ? undefined : { why: `\`${owner.text()}\` is not a function that can be seen here` };
  const readers = usesOf(declared).filter((use) => use.parent()?.field('property')?.text() === 'defaultProps');
  if (readers.length > 1) return { why: `\`${owner.text()}.defaultProps\` is read elsewhere` };
  const values = valuesOf(value, component, owner.text());
  if (values === undefined) return { why: 'its entries are not all plain values' };
  const made = defaulted(component, values);
  if ('why' in made) return made;
  const constants = constantEdits(component, statement, values);
  const keys = values.map(({ key }) => key);
  const removal = constants.some(({ length }) => length > 0) ? [] : [removeWithGap(statement)];
  return { edits: [...constants, ...made.edits, ...optionalProps(component, keys), ...removal] };
}

/** Classes keep their `defaultProps`, and a plain object never had any. */
function isNoComponent(declared: SgNode): boolean {
  const value = declared.parent()?.is('variable_declarator') === true ? declared.parent()?.field('value') : null;
  return value?.kind() === 'class' || value?.kind() === 'object';
}

function valuesOf(value: SgNode, component: FunctionComponent, name: string): readonly DefaultValue[] | undefined {
  const bound = namesBoundBy(component.fn);
  if (value.kind() === 'object')
    return defaultValuesOf(value, { component: name, statement: component.statement, bound });
  if (!value.is('identifier') || bound.has(value.text())) return undefined;
  const declarator = declarationOf(value)?.parent();
  const object = declarator?.is('variable_declarator') === true ? declarator.field('value') : null;
  const bare = object?.kind() === 'as_expression' ? object.namedChildren()[0] : object;
  if (bare == null || bare.kind() !== 'object') return undefined;
  const values = defaultValuesOf(bare, { component: name, statement: component.statement, bound: new Set() });
  const isPlain = values?.every(({ key }) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) === true;
  return isPlain
    ? values?.map(({ key }) => ({ key, text: `${value.text()}.${key}`, constant: undefined, isLate: false }))
    : undefined;
}

function constantEdits(
  { statement: owner }: FunctionComponent,
  statement: SgNode,
  values: readonly DefaultValue[],
): readonly TextEdit[] {
  const constants = values.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
  if (constants.length === 0) return [];
  const isLate = values.some((value) => value.isLate);
  const indent = indentOf(owner);
  const end = /;\s*$/.test(statement.text()) ? ';' : '';
  const lines = constants.map(({ name, value }) => `const ${name} = ${value.replaceAll('\n', `\n${indent}`)}${end}`);
  if (!isLate) return [insertBefore(owner, lines.map((line) => `${line}\n${indent}`).join(''))];
  const { start, end: stop } = statement.range();
  return [{ offset: start.index, length: stop.index - start.index, text: lines.join(`\n${indent}`) }];
}

function leftOpen({ node, owner }: Assignment, why: string): Unresolved {
  return {
    ...spanOf(node),
    message: `React 19 no longer looks at \`${owner.text()}.defaultProps\`, and it was not rewritten: ${why}.`,
    cure: 'Give the parameters of the component default values, and delete the assignment.',
    symbol: 'defaultProps',
    evidence: 'React 19 Upgrade Guide, “Removed: propTypes and defaultProps for functions”',
  };
}
