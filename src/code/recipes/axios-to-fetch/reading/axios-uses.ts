import type { SgNode } from '@ast-grep/napi';
import { usesOf } from '../../../engine/scope.ts';
import { callRefusal } from './axios-call.ts';
import { callOf, isMemberOf, requests } from './client-call.ts';
import { holderOf } from './instance-holder.ts';
import type { OpenEnds } from './open-ends.ts';
import { axiosSpecifiers, type TakenName, takenNames } from './taken-names.ts';

/** A file that names axios: what it takes of it, and why it is left, if it is. */
export type AxiosFile = {
  readonly path: string;
  readonly taken: readonly TakenName[];
  readonly refusals: readonly Refusal[];
};

/** What cannot be proven equal, and where. */
export type Refusal = { readonly node: SgNode; readonly why: string };

const unread =
  'only names that are known (docs/axios-to-fetch.md), by `import … from` or `const … = require()` at the top of a file, are read';

/** Reads how a file uses axios; undefined where it does not name it. Pure. */
export function axiosFile(path: string, root: SgNode, ends: OpenEnds): AxiosFile | undefined {
  if (axiosSpecifiers(root).length === 0) return undefined;
  const taken = takenNames(root);
  if ('left' in taken) return { path, taken: [], refusals: [{ node: taken.left, why: unread }] };
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const required = isTyped ? taken.find(({ binding }) => binding.form === 'require') : undefined;
  if (required !== undefined) {
    const why = '`require` gives TypeScript no types: only imports are read in it';
    return { path, taken, refusals: [{ node: required.binding.specifier, why }] };
  }
  return { path, taken, refusals: taken.flatMap((one) => refusalsOf(one, ends)) };
}

function refusalsOf({ binding, role }: TakenName, ends: OpenEnds): readonly Refusal[] {
  const uses = usesOf(binding.node);
  if (role === 'client') return uses.flatMap((use) => refusalOf(use, 'axios', ends));
  return uses.flatMap((use) => {
    if (use.is('type_identifier') && role !== 'function') return [];
    const parent = use.parent();
    if (role === 'function' && isCallee(use)) return [];
    const isAsked = parent?.is('binary_expression') === true && parent.field('right')?.id() === use.id();
    if (role === 'errors' && isAsked && parent?.field('operator')?.text() === 'instanceof') return [];
    return [{ node: use, why: `\`${parent?.text().split('\n')[0] ?? ''}\` has no equal form` }];
  });
}

function isCallee(node: SgNode): boolean {
  const parent = node.parent();
  return parent?.is('call_expression') === true && parent.field('function')?.id() === node.id();
}

/** A use is a call of the client, of one of its methods, or `create` kept where all its uses are seen. */
function refusalOf(use: SgNode, client: 'axios' | 'instance', ends: OpenEnds): readonly Refusal[] {
  const member = use.parent();
  const isMember = member !== null && isMemberOf(member, use);
  const callee = isMember ? member : use;
  const call = callOf(callee);
  if (call === undefined)
    return [{ node: use, why: `\`${callee.text()}\` is no call: who uses it for what is not known` }];
  const method = isMember ? (member.field('property')?.text() ?? '') : 'request';
  if (requests.has(method)) return refused(call, callRefusal(call, method, ends));
  if (client === 'axios' && method === 'isAxiosError') return [];
  if (client === 'axios' && method === 'create') return instanceRefusals(call, ends);
  return [{ node: use, why: `\`${callee.text()}()\` has no equal form` }];
}

function refused(node: SgNode, why: string | undefined): readonly Refusal[] {
  return why === undefined ? [] : [{ node, why }];
}

function instanceRefusals(call: SgNode, ends: OpenEnds): readonly Refusal[] {
  const uses = holderOf(call, ends);
  if (typeof uses === 'string') return [{ node: call, why: uses }];
  return [
    ...refused(call, callRefusal(call, 'create', ends)),
    ...uses.flatMap((use) => refusalOf(use, 'instance', ends)),
  ];
}
