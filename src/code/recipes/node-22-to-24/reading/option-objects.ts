import type { SgNode } from '@ast-grep/napi';
import { findKinds } from '../../../engine/find-kinds.ts';
import { declarationOf, usesOf } from '../../../engine/scope.ts';

/** Where the options of calls come from, as far as the file shows. */
export type OptionSources = {
  /** Object literals. */
  readonly objects: readonly SgNode[];
  /** Names of members that are read or written of an object of options: `hash` of `this.options.hash`. */
  readonly members: readonly SgNode[];
  /** False where some of it cannot be seen. */
  readonly isWhole: boolean;
};

const nothing: OptionSources = { objects: [], members: [], isWhole: true };
const unseen: OptionSources = { objects: [], members: [], isWhole: false };
/** A name leads to another, and that to another; so far this is followed. */
const depthMax = 6;

/** Follows an argument to what makes it. `calls` are all calls that take such options. */
export function optionSources(node: SgNode | null | undefined, calls: ReadonlySet<number>, depth = 0): OptionSources {
  if (node == null || depth > depthMax) return unseen;
  const follow = (next: SgNode | null | undefined): OptionSources => optionSources(next, calls, depth + 1);
  if (node.is('identifier')) return follow(boundValueOf(node));
  if (node.is('parenthesized_expression')) return follow(node.namedChildren()[0]);
  if (node.is('ternary_expression')) return merged([node.field('consequence'), node.field('alternative')].map(follow));
  if (node.is('call_expression')) return merged(returnsOf(node, calls).map(follow));
  if (node.is('member_expression')) return ofThis(node, calls, depth);
  if (!node.is('object')) return unseen;
  const spread = node.namedChildren().filter((one) => one.is('spread_element'));
  const from = merged(spread.map((one) => follow(one.namedChildren()[0])));
  // What is spread may hold anything: only what is there by name is looked for.
  return { objects: [node, ...from.objects], members: from.members, isWhole: true };
}

function merged(all: readonly OptionSources[]): OptionSources {
  return {
    objects: all.flatMap(({ objects }) => objects),
    members: all.flatMap(({ members }) => members),
    isWhole: all.every(({ isWhole }) => isWhole),
  };
}

/** The value of the declarator that a name stands for. */
export function boundValueOf(name: SgNode): SgNode | null | undefined {
  const declarator = declarationOf(name)?.parent();
  return declarator?.is('variable_declarator') === true ? declarator.field('value') : undefined;
}

/** What a function of the file gives back, where it makes options and nothing else; one `undefined` where that is not known. */
function returnsOf(call: SgNode, calls: ReadonlySet<number>): readonly (SgNode | undefined)[] {
  const callee = call.field('function');
  const declared = callee?.is('identifier') === true ? declarationOf(callee) : undefined;
  const holder = declared?.parent();
  const made = holder?.is('variable_declarator') === true ? holder.field('value') : holder;
  if (declared === undefined || made == null || !usesOf(declared).every((use) => isOption(use.parent(), calls))) {
    return [undefined];
  }
  const body = made.field('body');
  if (made.is('arrow_function') && body !== null && !body.is('statement_block')) return [body];
  if (!made.is('function_declaration') && !made.is('arrow_function') && !made.is('function_expression'))
    return [undefined];
  const returns = findKinds(made, ['return_statement']).filter((one) => functionOf(one)?.id() === made.id());
  return returns.length === 0 ? [undefined] : returns.map((one) => one.namedChildren()[0]);
}

function functionOf(node: SgNode): SgNode | undefined {
  return node.ancestors().find((one) => /function|^method_definition$/.test(String(one.kind())));
}

/** True where a value is an argument of one of the calls. */
function isOption(value: SgNode | null, calls: ReadonlySet<number>): boolean {
  if (value?.is('call_expression') !== true) return false;
  let node: SgNode = value;
  for (let parent = node.parent(); parent !== null; parent = node.parent()) {
    if (parent.is('arguments')) return calls.has(parent.parent()?.id() ?? -1);
    if (!/^(parenthesized_expression|ternary_expression|spread_element|object)$/.test(String(parent.kind())))
      return false;
    node = parent;
  }
  return false;
}

/** `this.options`: all that its class, object or function does with it. */
function ofThis(node: SgNode, calls: ReadonlySet<number>, depth: number): OptionSources {
  const name = node.field('property')?.text();
  const home = homeOf(node);
  if (node.field('object')?.is('this') !== true || name === undefined || home === undefined) return unseen;
  const isOwn = (one: SgNode): boolean =>
    one.field('property')?.text() === name && one.field('object')?.is('this') === true;
  const reads = findKinds(home, ['member_expression']).filter((one) => isOwn(one) && homeOf(one)?.id() === home.id());
  const initial = home
    .namedChildren()
    .filter(
      (one) =>
        (one.field('key') ?? one.field('name') ?? one.field('property'))?.text() === name &&
        !one.is('method_definition'),
    )
    .map((one) => optionSources(one.field('value'), calls, depth + 1));
  return merged([...initial, ...reads.map((read) => roleOf(read, calls, depth))]);
}

function roleOf(read: SgNode, calls: ReadonlySet<number>, depth: number): OptionSources {
  const parent = read.parent();
  if (parent?.is('arguments') === true) return calls.has(parent.parent()?.id() ?? -1) ? nothing : unseen;
  if (parent?.is('assignment_expression') === true && parent.field('left')?.id() === read.id()) {
    return optionSources(parent.field('right'), calls, depth + 1);
  }
  const property = parent?.is('member_expression') === true ? parent.field('property') : null;
  return property === null ? unseen : { objects: [], members: [property], isWhole: true };
}

/** The class, the object or the function whose `this` it is. */
function homeOf(node: SgNode): SgNode | undefined {
  const made = node
    .ancestors()
    .find((one) =>
      /^(method_definition|function_declaration|function_expression|class_body)$/.test(String(one.kind())),
    );
  if (made === undefined || made.is('class_body')) return made;
  const parent = made.parent();
  if (parent?.is('class_body') === true || parent?.is('object') === true) return parent;
  const object = parent?.is('pair') === true ? parent.parent() : null;
  return object ?? made;
}
