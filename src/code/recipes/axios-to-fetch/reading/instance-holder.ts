import type { SgNode } from '@ast-grep/napi';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import type { OpenEnds } from './open-ends.ts';

const leaves = 'the instance leaves the file, or has no name of its own';
const create = /^(await\s+)?[\w$.]+\.create\(/;

/**
 * Where `axios.create()` is kept, and every place that asks for it: a `const`, a `let` that holds nothing else, or a field of a class
 * that only this class asks for. A text says why not all of them are seen. Pure.
 */
export function holderOf(call: SgNode, ends: OpenEnds): readonly SgNode[] | string {
  const parent = call.parent();
  if (parent?.is('variable_declarator') === true) return declared(parent);
  if (parent?.is('assignment_expression') === true && parent.field('right')?.id() === call.id())
    return assigned(parent, ends);
  const isField = parent?.is('field_definition') === true || parent?.is('public_field_definition') === true;
  const name = parent?.field('property') ?? parent?.field('name');
  return isField && name != null ? fieldUses(call, name.text(), ends) : leaves;
}

function declared(declarator: SgNode): readonly SgNode[] | string {
  const name = declarator.field('name');
  const declaration = declarator.parent();
  const isExported = declaration?.parent()?.is('export_statement') === true;
  if (name?.is('identifier') !== true || isExported) return leaves;
  return declaration?.text().startsWith('const ') === true ? usesOf(name) : heldBy(name);
}

function assigned(assignment: SgNode, ends: OpenEnds): readonly SgNode[] | string {
  const left = assignment.field('left');
  if (left?.is('member_expression') === true && left.field('object')?.text() === 'this')
    return fieldUses(left, left.field('property')?.text() ?? '', ends);
  const declaration = left?.is('identifier') === true ? declarationOf(left) : undefined;
  const declarator = declaration?.parent();
  const isVariable =
    declarator?.is('variable_declarator') === true && declarator.field('name')?.is('identifier') === true;
  const isExported = declarator?.parent()?.parent()?.is('export_statement') === true;
  return declaration === undefined || !isVariable || isExported ? leaves : heldBy(declaration);
}

/** Uses of a name that is given nothing but instances. */
function heldBy(name: SgNode): readonly SgNode[] | string {
  const value = name.parent()?.field('value');
  if (value != null && !create.test(value.text())) return `\`${name.text()}\` holds other things too`;
  return withoutWrites(usesOf(name), name.text());
}

/** Uses of a field in the class that sets it, where no one else can ask for it. */
function fieldUses(within: SgNode, name: string, ends: OpenEnds): readonly SgNode[] | string {
  const body = within.ancestors().find((one) => one.is('class_body'));
  if (body === undefined) return leaves;
  const members = body.findAll({ rule: { kind: 'member_expression' } });
  const inside = members.filter((one) => one.field('property')?.text() === name);
  if (new RegExp(`\\{[^{}]*\\b${name.replace('#', '')}\\b[^{}]*\\}\\s*=\\s*this\\b`).test(body.text()))
    return `\`${name}\` is taken out of \`this\``;
  const other = isPrivate(body, name) ? undefined : ends.asked(name, body.parent()?.field('name')?.text());
  if (other !== undefined) return `the instance in \`${name}\` may be asked for elsewhere: ${other}`;
  return inside.some((one) => one.field('object')?.text() !== 'this')
    ? `another object may hold the instance in \`${name}\``
    : withoutWrites(inside, `this.${name}`);
}

function isPrivate(body: SgNode, name: string): boolean {
  return name.startsWith('#') || new RegExp(`\\bprivate\\s+(static\\s+)?(readonly\\s+)?${name}\\b`).test(body.text());
}

/** Places that ask for what is held; those that set it must set an instance. */
function withoutWrites(uses: readonly SgNode[], name: string): readonly SgNode[] | string {
  const asked: SgNode[] = [];
  for (const use of uses) {
    const parent = use.parent();
    const isWrite = parent?.is('assignment_expression') === true && parent.field('left')?.id() === use.id();
    if (!isWrite) asked.push(use);
    else if (!create.test(parent.field('right')?.text() ?? '')) return `\`${name}\` holds other things too`;
  }
  return asked.some((use) => use.parent()?.is('augmented_assignment_expression')) ? `\`${name}\` is written to` : asked;
}
