import type { SgNode } from '@ast-grep/napi';
import { declarationOf } from '../../../engine/scope.ts';
import { argumentsOf, callOf } from './call-of.ts';
import { moduleUses } from './module-uses.ts';

/** Which expressions of a file are entries of a folder, as far as the file itself shows. */
export type Dirents = { isEntry(node: SgNode): boolean };

const walks = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'findLast', 'findIndex', 'flatMap']);
const same = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat']);
/** A name leads to another, and that to another; so far this is followed. */
const depthMax = 12;

/** Reads a file for what `readdir` with `withFileTypes` and `opendir` give. */
export function direntsIn(root: SgNode): Dirents {
  const uses = ['fs', 'fs/promises'].flatMap((module) => moduleUses(root, module));
  const lists = new Set<number>();
  const folders = new Set<number>();
  for (const { node, member } of uses) {
    const reader = member === 'promises' ? memberOf(node) : node;
    const name = member === 'promises' ? reader?.field('property')?.text() : member;
    const call = reader === undefined ? undefined : callOf(reader);
    if (call === undefined) continue;
    if ((name === 'readdir' || name === 'readdirSync') && hasTypes(call)) lists.add(call.id());
    if (name === 'opendir' || name === 'opendirSync') folders.add(call.id());
  }
  const isMade = (made: ReadonlySet<number>, node: SgNode | null | undefined, depth: number): boolean => {
    if (node == null || depth > depthMax) return false;
    if (node.is('await_expression') || node.is('parenthesized_expression'))
      return isMade(made, node.namedChildren()[0], depth + 1);
    if (node.is('call_expression')) return made.has(node.id()) || isListAgain(node, depth + 1);
    if (!node.is('identifier')) return false;
    const declared = declarationOf(node);
    const holder = declared?.parent();
    if (declared === undefined || holder == null) return false;
    if (holder.is('variable_declarator')) return isMade(made, holder.field('value'), depth + 1);
    const place = parameterOf(declared);
    return place !== undefined && place.at === 1 && place.call !== undefined && made.has(place.call.id());
  };
  const isListAgain = (call: SgNode, depth: number): boolean => {
    const callee = call.field('function');
    return same.has(callee?.field('property')?.text() ?? '') && isMade(lists, callee?.field('object'), depth);
  };
  const isEntry = (node: SgNode, depth = 0): boolean => {
    if (depth > depthMax) return false;
    if (node.is('subscript_expression')) return isMade(lists, node.field('object'), depth + 1);
    const declared = node.is('identifier') ? declarationOf(node) : node.is('object_pattern') ? node : undefined;
    const holder = declared?.parent();
    if (declared === undefined || holder == null) return false;
    if (holder.is('for_in_statement')) {
      const right = holder.field('right');
      return isMade(lists, right, depth + 1) || isMade(folders, right, depth + 1);
    }
    if (holder.is('variable_declarator')) {
      const value = holder.field('value');
      return value !== null && isEntry(value, depth + 1);
    }
    const place = parameterOf(declared);
    const callee = place?.call?.field('function');
    return (
      place?.at === 0 &&
      walks.has(callee?.field('property')?.text() ?? '') &&
      isMade(lists, callee?.field('object'), depth + 1)
    );
  };
  return { isEntry };
}

function memberOf(node: SgNode): SgNode | undefined {
  const parent = node.parent();
  return parent?.is('member_expression') === true ? parent : undefined;
}

function hasTypes(call: SgNode): boolean {
  const options = argumentsOf(call)[1];
  const pairs = options?.is('object') === true ? options.namedChildren() : [];
  return pairs.some((pair) => pair.field('key')?.text() === 'withFileTypes' && pair.field('value')?.text() === 'true');
}

/** Which parameter a name is, and the call that the function is handed to. */
function parameterOf(declared: SgNode): { readonly at: number; readonly call: SgNode | undefined } | undefined {
  const own = declared.parent();
  if (own === null) return undefined;
  if (own.is('arrow_function')) return { at: 0, call: receiverOf(own) };
  const item = own.is('formal_parameters') ? declared : own;
  const list = item.parent();
  if (list?.is('formal_parameters') !== true) return undefined;
  const at = list.namedChildren().findIndex((one) => one.id() === item.id());
  const made = list.parent();
  return at === -1 || made === null ? undefined : { at, call: receiverOf(made) };
}

function receiverOf(made: SgNode): SgNode | undefined {
  const list = made.parent();
  const call = list?.is('arguments') === true ? list.parent() : null;
  return call?.is('call_expression') === true ? call : undefined;
}
