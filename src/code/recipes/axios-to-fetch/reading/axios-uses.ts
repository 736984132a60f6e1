import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf, specifiersOf } from '../../../engine/bindings.ts';
import { usesOf } from '../../../engine/scope.ts';
import { callRefusal } from './axios-call.ts';
import type { OpenEnds } from './open-ends.ts';

/** A file that names axios: what a rewrite changes, and why it is left, if it is. */
export type AxiosFile = {
  readonly path: string;
  readonly binding: Binding | undefined;
  readonly refusals: readonly Refusal[];
};

/** What cannot be proven equal, and where. */
export type Refusal = { readonly node: SgNode; readonly why: string };

const isAxios = (specifier: string): boolean => specifier === 'axios';
const requests = new Set(['request', 'get', 'head', 'delete', 'post', 'put', 'patch']);

/** Reads how a file uses axios; undefined where it does not name it. Pure. */
export function axiosFile(path: string, root: SgNode, ends: OpenEnds): AxiosFile | undefined {
  const specifiers = specifiersOf(root, (one) => isAxios(one) || one.startsWith('axios/'));
  const [specifier] = specifiers;
  if (specifier === undefined) return undefined;
  const [binding, ...others] = bindingsOf(root, isAxios);
  const isWhole = binding?.form === 'import' ? binding.imported === 'default' : binding?.imported === '*';
  const isOnly = specifiers.length === 1 && others.length === 0;
  const isTop = binding?.statement.parent()?.is('program') === true || isTopLevel(binding);
  if (binding === undefined || !isOnly || !isWhole || binding.form === 'dynamic-import' || !isTop) {
    const why = 'only `import axios from` and `const axios = require()` at the top of a file are read';
    return { path, binding: undefined, refusals: [{ node: specifier, why }] };
  }
  return { path, binding, refusals: usesOf(binding.node).flatMap((use) => refusalOf(use, 'axios', ends)) };
}

/** `const axios = require('axios')` alone in its declaration, at the top of the file. */
function isTopLevel(binding: Binding | undefined): boolean {
  const declaration = binding?.statement.parent();
  const declarators = declaration?.namedChildren() ?? [];
  return (
    binding?.statement.is('variable_declarator') === true &&
    declarators.length === 1 &&
    binding.statement.field('value')?.is('call_expression') === true &&
    declaration?.text().startsWith('const') === true &&
    declaration.parent()?.is('program') === true
  );
}

/** A use is a call of the client, of one of its methods, or `create` bound to a name of the file. */
function refusalOf(use: SgNode, client: 'axios' | 'instance', ends: OpenEnds): readonly Refusal[] {
  const member = use.parent();
  const isMember = member?.is('member_expression') === true && member.field('object')?.id() === use.id();
  const callee = isMember ? member : use;
  const call = callee?.parent();
  if (call?.is('call_expression') !== true || call.field('function')?.id() !== callee?.id())
    return [{ node: use, why: `\`${callee?.text() ?? ''}\` is no call: who uses it for what is not known` }];
  const method = isMember ? (member.field('property')?.text() ?? '') : 'request';
  if (requests.has(method)) return refused(call, callRefusal(call, method, ends));
  if (client === 'axios' && method === 'isAxiosError') return [];
  if (client === 'axios' && method === 'create') return instanceRefusals(call, ends);
  return [{ node: use, why: `\`${callee?.text() ?? ''}()\` has no equal form` }];
}

function refused(node: SgNode, why: string | undefined): readonly Refusal[] {
  return why === undefined ? [] : [{ node, why }];
}

function instanceRefusals(call: SgNode, ends: OpenEnds): readonly Refusal[] {
  const declarator = call.parent();
  const name = declarator?.field('name');
  const isConst = declarator?.parent()?.text().startsWith('const ') === true;
  const isExported = declarator?.parent()?.parent()?.is('export_statement') === true;
  if (declarator?.is('variable_declarator') !== true || name?.is('identifier') !== true || !isConst || isExported)
    return [{ node: call, why: 'the instance leaves the file, or has no name of its own' }];
  return [
    ...refused(call, callRefusal(call, 'create', ends)),
    ...usesOf(name).flatMap((use) => refusalOf(use, 'instance', ends)),
  ];
}
