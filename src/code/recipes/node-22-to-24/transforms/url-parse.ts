import type { SgNode } from '@ast-grep/napi';
import { declarationIn, usesOf } from '../../../engine/scope.ts';
import { type ModuleWork, moduleTransform } from '../editing/module-work.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import { knownText } from '../reading/known-text.ts';
import { sameAddress } from '../reading/same-address.ts';
import { readsOf, testOf, type UrlRead } from '../reading/url-reads.ts';

/** `url.parse(address)` of an address that is known is `new URL(address)`. */
export const urlParse = moduleTransform(
  {
    id: 'url-parse',
    why: 'Node 24 deprecates `url.parse()` for applications (DEP0169); `new URL()` parses as browsers do, throws for what is no address, and has no `null`.',
    module: 'url',
    mentions: ['parse'],
    keepsIdle: { except: [] },
  },
  (work) => {
    for (const use of work.uses.filter(({ member }) => member === 'parse')) {
      const call = callOf(use.node);
      const made = call === undefined ? undefined : rewritten(work, call);
      if (call === undefined || made === undefined) {
        work.leave(use.node, left(use.node, argumentsOf(call)[0]));
        continue;
      }
      const [address] = argumentsOf(call);
      work.drop(use);
      // What is read on the spot is written with its address.
      if (!made.edits.some(({ node }) => node.field('object')?.id() === call.id())) {
        work.edit(call, `new URL(${address?.text() ?? ''})`);
      }
      for (const { node, text } of made.edits) work.edit(node, text);
      for (const { node, text } of made.noUser) {
        work.leave(node, {
          message: `\`${text}\` was null: the address names no user. It is made of two empty texts now, and is ":".`,
          cure: 'Take it away, or ask for `username` first.',
          symbol: 'url.parse',
          evidence: 'URL, class URL: url.username',
        });
      }
    }
  },
);

type Place = { readonly node: SgNode; readonly text: string };
type Rewritten = { readonly edits: readonly Place[]; readonly noUser: readonly Place[] };

/** What becomes of the reads; undefined where one of them would not mean the same. */
function rewritten({ root }: ModuleWork, call: SgNode): Rewritten | undefined {
  const [address, withQuery] = argumentsOf(call);
  const url = sameAddress(knownText(address));
  const reads = readsOf(call);
  if (url === undefined || reads === undefined || declarationIn(root, 'URL') !== undefined) return undefined;
  const isQueryRead = reads.some(({ members }) => members.some(({ name }) => name === 'query'));
  if (withQuery !== undefined && isQueryRead) return undefined;
  const edits: Place[] = [];
  const noUser: Place[] = [];
  for (const read of reads) {
    const texts: string[] = [];
    for (const { name, local } of read.members) {
      const text = textOf(name, url, read);
      if (text === undefined) return undefined;
      texts.push(local === undefined ? text : `${local.text()} = ${text}`);
      if (name !== 'auth' || url.username !== '') continue;
      const tested = [local, local === undefined ? read.declared : undefined].flatMap((one) => one ?? []);
      const asked = [read.node, ...tested.flatMap((one) => usesOf(one))].map((one) => testOf(one));
      if (asked.some((one) => one !== undefined)) return undefined;
      noUser.push({ node: read.node, text: `${read.object}.auth` });
    }
    edits.push({ node: read.node, text: texts.join(', ') });
  }
  return { edits, noUser };
}

const same = new Set(['protocol', 'host', 'pathname', 'href']);

/** How a member is read of a `URL`; undefined where it was null, and where one has to say it twice of a call. */
function textOf(name: string, url: URL, { object, isName, node }: UrlRead): string | undefined {
  if (same.has(name)) return `${object}.${name}`;
  // `url.parse()` takes the brackets of an IPv6 address away.
  if (name === 'hostname' && url.hostname.startsWith('[')) return `${object}.hostname.slice(1, -1)`;
  if (name === 'hostname') return `${object}.hostname.replace(/^\\[|\\]$/, '')`;
  if (name === 'search' || name === 'hash' || name === 'port') {
    return url[name] === '' && testOf(node) !== 'truth' ? undefined : `${object}.${name}`;
  }
  if (name === 'query') return url.search === '' ? undefined : `${object}.search.slice(1)`;
  if (!isName) return undefined;
  if (name === 'path') return `\`\${${object}.pathname}\${${object}.search}\``;
  const hasBoth = url.username !== '' && url.password !== '' && !/%/.test(url.username + url.password);
  const hasNone = url.username === '' && url.password === '';
  return name === 'auth' && (hasBoth || hasNone) ? `\`\${${object}.username}:\${${object}.password}\`` : undefined;
}

function left(node: SgNode, address: SgNode | undefined) {
  const isRequest = /\burl$/i.test(address?.text() ?? '');
  return {
    message: `\`${node.text()}\` is deprecated: it parses otherwise than browsers do, and Node 24 warns of it in applications.`,
    cure: isRequest
      ? 'Of a request write `new URL(request.url, "http://localhost")`, and read `pathname` and `searchParams`; an address that begins with `//` names a host.'
      : 'Use `new URL(address, base)`, which throws for what is no address and gives empty texts where `null` was.',
    symbol: 'url.parse',
    evidence: 'Deprecated APIs, DEP0169',
  };
}
