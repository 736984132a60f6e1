import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf } from '../../../engine/bindings.ts';
import { spanOf } from '../../../engine/edit-node.ts';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import type { FileTransform, TextEdit, Unresolved } from '../../../recipe.ts';
import { importEdits } from '../../react-18-to-19/editing/import-edits.ts';
import { insertAfter, removeBetween } from '../../react-18-to-19/editing/style.ts';
import { exportUsesOf } from '../../react-18-to-19/reading/export-uses.ts';
import { parametersOf } from '../../react-18-to-19/reading/function-components.ts';
import { isReact } from '../../react-18-to-19/reading/names.ts';
import { argumentsOf, callOf, isFunction } from '../../react-18-to-19/reading/places.ts';
import { typedFiles } from '../type-uses.ts';

/** `useReducer<Reducer<State, Action>>` leaves its types to the reducer. */
export const reducers: FileTransform = {
  kind: 'file',
  id: 'reducers',
  why: '`useReducer` no longer takes the type of the reducer as an argument; it reads state and action off the reducer.',
  files: typedFiles,
  mentions: ['useReducer'],
  transform(file) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const gone: SgNode[] = [];
    for (const { name, node } of exportUsesOf(file.root(), isReact)) {
      const call = name === 'useReducer' ? callOf(node) : undefined;
      const list = call?.field('type_arguments');
      if (call === undefined || list == null || !isOfReducer(list)) continue;
      const [reducer] = argumentsOf(call);
      const typed = reducer === undefined ? undefined : typedReducer(reducer, list);
      if (typed === undefined) unresolved.push(leftOpen(list));
      else {
        edits.push(removeBetween(list.range().start.index, list.range().end.index), ...typed);
        gone.push(list);
      }
    }
    return {
      edits: [...edits, ...importEdits(file.root(), { drop: onlyUsedIn(file.root(), gone, edits), add: [] })],
      unresolved,
    };
  },
};

/** Imports that nothing but these nodes uses: a compiler that is strict about unused names would refuse what is left. */
function onlyUsedIn(root: SgNode, gone: readonly SgNode[], edits: readonly TextEdit[]): readonly Binding[] {
  const written = new Set(edits.flatMap(({ text }) => text.split(/[^\w$]+/)));
  const isGone = (use: SgNode): boolean => use.ancestors().some((one) => gone.some((list) => list.id() === one.id()));
  const bindings = gone.length === 0 ? [] : bindingsOf(root, () => true);
  return bindings.filter(({ form, node }) => {
    const uses = form === 'import' ? usesOf(node) : [];
    return uses.length > 0 && !written.has(node.text()) && uses.every(isGone);
  });
}

/** React 19 takes state and a tuple of the action, or a third; React 18 a reducer's type, and that of the initial argument. */
function isOfReducer(list: SgNode): boolean {
  const types = list.namedChildren();
  return types.length <= 2 && types.at(-1)?.kind() !== 'tuple_type';
}

/** Edits of the reducer that its types need, or undefined where it cannot be seen that it has them. */
function typedReducer(reducer: SgNode, list: SgNode): readonly TextEdit[] | undefined {
  if (!isFunction(reducer)) return reducer.is('identifier') || reducer.is('member_expression') ? [] : undefined;
  const untyped = parametersOf(reducer).filter((one) => one.field('type') === null);
  if (untyped.length === 0 && reducer.field('parameter') === null) return [];
  const types = stateAndAction(list.namedChildren()[0]);
  if (types === undefined || reducer.field('parameter') !== null) return undefined;
  return parametersOf(reducer).flatMap((parameter, index): readonly TextEdit[] => {
    const type = types[index];
    const pattern = parameter.field('pattern');
    return type === undefined || pattern === null || parameter.field('type') !== null
      ? []
      : [insertAfter(pattern, `: ${type}`)];
  });
}

function stateAndAction(type: SgNode | undefined): readonly string[] | undefined {
  if (type === undefined) return undefined;
  if (type.kind() === 'generic_type' && /(^|\.)Reducer$/.test(type.child(0)?.text() ?? '')) {
    return type
      .field('type_arguments')
      ?.namedChildren()
      .map((one) => one.text());
  }
  const alias = type.kind() === 'type_identifier' ? declarationOf(type)?.parent() : undefined;
  const value = alias?.kind() === 'type_alias_declaration' ? alias.field('value') : null;
  return value === null || value.kind() === 'type_identifier' ? undefined : stateAndAction(value);
}

function leftOpen(list: SgNode): Unresolved {
  return {
    ...spanOf(list),
    message: `\`useReducer${list.text()}\` names the type of a reducer; React 19 wants state and action, or nothing.`,
    cure: 'Give the parameters of the reducer their types, and leave the arguments out.',
    symbol: 'useReducer',
    evidence: 'React 19 Upgrade Guide, “Better useReducer typings”',
  };
}
