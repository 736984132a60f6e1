import type { SgNode } from '@ast-grep/napi';
import { exportUsesOf } from './export-uses.ts';
import { isReact } from './names.ts';
import { argumentsOf, isFunction } from './places.ts';

/** A function that a name stands for, and what wraps it. */
export type FunctionComponent = {
  readonly fn: SgNode;
  /** The whole declaration, with `export`. */
  readonly statement: SgNode;
  /** Calls around the function, from the outside: of `memo`, of `forwardRef`. */
  readonly wrappers: readonly { readonly call: SgNode; readonly name: string }[];
  /** The declared type of the name, without the colon. */
  readonly type: SgNode | undefined;
};

const wrapping = new Set(['memo', 'forwardRef']);

/** The function that an identifier declares, through `memo` and `forwardRef` of React; undefined for everything else. */
export function functionComponentOf(declared: SgNode): FunctionComponent | undefined {
  const holder = declared.parent();
  if (holder === null) return undefined;
  if (isFunction(holder)) return { fn: holder, statement: wholeOf(holder), wrappers: [], type: undefined };
  if (holder.is('variable_declarator') !== true || holder.field('name')?.id() !== declared.id()) return undefined;
  const type = holder.field('type')?.namedChildren()[0];
  const declaration = holder.parent();
  if (declaration === null || declaration.namedChildren().length !== 1) return undefined;
  const value = holder.field('value');
  const found = value === null ? undefined : unwrapped(value);
  return found === undefined ? undefined : { ...found, statement: wholeOf(declaration), type };
}

function unwrapped(value: SgNode): Pick<FunctionComponent, 'fn' | 'wrappers'> | undefined {
  if (isFunction(value)) return { fn: value, wrappers: [] };
  if (value.kind() === 'parenthesized_expression' || value.kind() === 'as_expression') {
    const [inner] = value.namedChildren();
    return inner === undefined ? undefined : unwrapped(inner);
  }
  if (!value.is('call_expression')) return undefined;
  const callee = value.field('function');
  const use = exportUsesOf(value.getRoot().root(), isReact).find(({ node }) => node.id() === callee?.id());
  const [first] = argumentsOf(value);
  const inner = use !== undefined && wrapping.has(use.name) && first !== undefined ? unwrapped(first) : undefined;
  return inner === undefined || use === undefined
    ? undefined
    : { fn: inner.fn, wrappers: [{ call: value, name: use.name }, ...inner.wrappers] };
}

function wholeOf(declaration: SgNode): SgNode {
  const parent = declaration.parent();
  return parent?.is('export_statement') === true ? parent : declaration;
}

/** The pattern of a function's first parameter, with its declared type. */
export type PropsParameter = { readonly pattern: SgNode; readonly type: SgNode | undefined };

/** The first parameter of a function; undefined where it has none. */
export function propsParameterOf(fn: SgNode): PropsParameter | undefined {
  const single = fn.field('parameter');
  if (single !== null) return { pattern: single, type: undefined };
  const [first] = parametersOf(fn);
  if (first === undefined) return undefined;
  const isWrapped = first.kind() === 'required_parameter' || first.kind() === 'optional_parameter';
  const pattern = isWrapped ? (first.field('pattern') ?? first) : first;
  const type = isWrapped ? first.field('type')?.namedChildren()[0] : undefined;
  return { pattern, type };
}

/** The parameters of a function, without comments. */
export function parametersOf(fn: SgNode): readonly SgNode[] {
  return (fn.field('parameters')?.namedChildren() ?? []).filter((one) => one.kind() !== 'comment');
}

/** The statements of a function's body; undefined for an arrow function that is an expression. */
export function blockOf(fn: SgNode): SgNode | undefined {
  const body = fn.field('body');
  return body?.is('statement_block') === true ? body : undefined;
}
