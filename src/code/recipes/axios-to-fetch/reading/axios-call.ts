import type { SgNode } from '@ast-grep/napi';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import { answerRefusal } from './answer-uses.ts';
import { isExported, requests } from './client-call.ts';
import type { OpenEnds } from './open-ends.ts';

const options = new Set([
  'method',
  'url',
  'baseURL',
  'params',
  'headers',
  'data',
  'timeout',
  'signal',
  'responseType',
  'validateStatus',
  'auth',
]);
const withBody = new Set(['post', 'put', 'patch']);
const responseTypes = /^(['"])(json|text|arraybuffer)\1$/;
const methods = /^(['"])(get|head|delete|post|put|patch)\1$/i;

/** Why a call of `method` cannot be proven equal; undefined where it can. Pure. */
export function callRefusal(call: SgNode, method: string, ends: OpenEnds): string | undefined {
  const args =
    call
      .field('arguments')
      ?.namedChildren()
      .filter((one) => !one.is('comment')) ?? [];
  if (args.some((one) => one.is('spread_element'))) return 'its arguments are spread';
  const isCreate = method === 'create';
  const isConfig = isCreate || (method === 'request' && isOptions(args[0]));
  if (args[0] === undefined) return isCreate ? undefined : 'it has no address';
  if (method === 'request' && !isConfig && !isText(args[0]))
    return 'whether it is given an address or options is not known';
  const data = withBody.has(method) ? args[1] : undefined;
  const config = args[isConfig ? 0 : withBody.has(method) ? 2 : 1];
  if (args.length > (isConfig ? 1 : withBody.has(method) ? 3 : 2)) return 'it has more arguments than axios reads';
  return (
    (data === undefined ? undefined : dataRefusal(data, ends)) ??
    (config === undefined ? undefined : configRefusal(config, method, ends)) ??
    (isCreate ? undefined : answerRefusal(call, ends.answers))
  );
}

/** What `typeof` calls a string for certain. */
function isText(node: SgNode): boolean {
  if (node.is('string') || node.is('template_string')) return true;
  if (node.is('binary_expression') && node.field('operator')?.text() === '+')
    return [node.field('left'), node.field('right')].some((side) => side !== null && isText(side));
  const value = constantOf(node);
  return value !== undefined && isText(value);
}

/** What a name that is bound once, by `const`, stands for. */
function constantOf(node: SgNode): SgNode | undefined {
  if (!node.is('identifier')) return undefined;
  const declarator = declarationOf(node)?.parent();
  const isConst = declarator?.parent()?.text().startsWith('const ') === true;
  return declarator?.is('variable_declarator') === true &&
    declarator.field('name')?.is('identifier') === true &&
    isConst
    ? (declarator.field('value') ?? undefined)
    : undefined;
}

function isOptions(node: SgNode | undefined): boolean {
  return node !== undefined && (untouched(node) ?? node).is('object');
}

/** Options in a `const` that nobody else is given, and that nothing changes. */
function untouched(node: SgNode): SgNode | undefined {
  const value = constantOf(node);
  const declaration = value === undefined ? undefined : declarationOf(node);
  return declaration === undefined || isExported(declaration) || !usesOf(declaration).every(isRequested)
    ? undefined
    : value;
}

/** True for an argument of a request, whose options axios copies. */
function isRequested(use: SgNode): boolean {
  const callee = use.parent()?.is('arguments') === true ? use.parent()?.parent()?.field('function') : undefined;
  const name = callee?.is('member_expression') === true ? callee.field('property')?.text() : callee?.text();
  return name === 'axios' || requests.has(name ?? '');
}

function dataRefusal(node: SgNode, { bodies }: OpenEnds): string | undefined {
  const value = constantOf(node) ?? node;
  const isNothing = value.is('undefined') || value.is('null');
  const isMade = /^(JSON\.stringify\(|new URLSearchParams\()/.test(value.text());
  if (isNothing || isMade || isText(value) || value.is('object') || value.is('array')) return undefined;
  const isStream = /(^|\.)(req|request|res|response|socket|body\.stream)$|stream$/i.test(node.text());
  if (isStream) return `its body \`${node.text()}\` is a stream by its name`;
  return bodies === undefined ? undefined : `whether its body \`${node.text()}\` is a stream is not known: ${bodies}`;
}

function configRefusal(given: SgNode, method: string, ends: OpenEnds): string | undefined {
  const config = untouched(given) ?? given;
  if (!config.is('object')) return `what its options \`${given.text()}\` hold is not known`;
  const members = membersOf(config);
  if (members === undefined) return 'some of its options are not written out';
  for (const [name, value] of members) {
    const why = optionRefusal(name, value, ends);
    if (why !== undefined) return why;
  }
  const verb = members.get('method')?.text().slice(1, -1).toLowerCase() ?? method;
  const takesNone = ['get', 'head', 'request', 'create'].includes(verb);
  return members.has('data') && takesNone ? 'fetch sends no body with GET and HEAD' : undefined;
}

function optionRefusal(name: string, value: SgNode, ends: OpenEnds): string | undefined {
  if (!options.has(name)) return `the option \`${name}\` has no equal form`;
  if (name === 'data') return dataRefusal(value, ends);
  if (name === 'responseType' && !responseTypes.test(value.text()))
    return `\`responseType: ${value.text()}\` has no equal form`;
  if (name === 'method' && !methods.test(value.text()))
    return `\`method: ${value.text()}\` is not known to have an equal form`;
  if (name === 'auth' && membersOf(value) === undefined) return 'what `auth` holds is not written out';
  if (name === 'params' && !value.text().startsWith('new URLSearchParams(')) {
    const given = membersOf(value);
    if (given === undefined) return 'what `params` holds is not written out';
    if ([...given.keys()].some((key) => /[[\]{}]/.test(key)))
      return 'brackets in a name of `params` mean more to axios';
  }
  return name === 'headers' ? headersRefusal(value) : undefined;
}

/** Names that are groups of headers for axios, and headers that `fetch` does not let a caller set. */
const otherHeaders =
  /^(common|get|head|delete|post|put|patch|host|connection|content-length|transfer-encoding|expect|keep-alive|upgrade|user-agent|accept-encoding|cookie)$/i;

function headersRefusal(value: SgNode): string | undefined {
  const headers = membersOf(value);
  if (headers === undefined) return 'what `headers` holds is not written out';
  for (const [name, content] of headers) {
    if (otherHeaders.test(name)) return `the header \`${name}\` is not proven to arrive alike`;
    if (/^accept$/i.test(name) && !content.is('string')) return 'fetch cannot leave out `Accept`, should it be empty';
    if (/^content-type$/i.test(name) && !/^(['"])application\/json(; ?charset=utf-8)?\1$/i.test(content.text()))
      return `\`${name}: ${content.text()}\` makes axios write another body than JSON`;
  }
  return undefined;
}

/** The members of an object literal by name; undefined where some have none that is written out. */
function membersOf(node: SgNode): ReadonlyMap<string, SgNode> | undefined {
  if (!node.is('object')) return undefined;
  const members = new Map<string, SgNode>();
  for (const member of node.namedChildren().filter((one) => !one.is('comment'))) {
    const key = member.is('pair') ? member.field('key') : member;
    const value = member.is('pair') ? member.field('value') : member;
    const isNamed = key?.is('property_identifier') || key?.is('string') || key?.is('shorthand_property_identifier');
    if (key === null || value === null || isNamed !== true) return undefined;
    members.set(key.text().replaceAll(/^['"]|['"]$/g, ''), value);
  }
  return members;
}
