import type { SgNode } from '@ast-grep/napi';
import { declarationIn } from '../../../engine/scope.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { quoteOf } from '../editing/new-import.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import { knownText } from '../reading/known-text.ts';
import { sameAddress } from '../reading/same-address.ts';

/** `url.format({ … })` of parts that are known is `new URL(address).toString()`. */
export const urlFormat = moduleTransform(
  {
    id: 'url-format',
    why: '`url.format()` of an object is the old API of addresses (DEP0116), as `url.parse()` is; where all parts are known it is `new URL()`.',
    module: 'url',
    mentions: ['format'],
    keepsIdle: { except: [] },
  },
  ({ root, uses, edit, drop }) => {
    if (declarationIn(root, 'URL') !== undefined) return;
    for (const use of uses.filter(({ member }) => member === 'format')) {
      const call = callOf(use.node);
      const [parts, ...more] = argumentsOf(call);
      const address = parts?.is('object') === true && more.length === 0 ? addressOf(parts) : undefined;
      // What both write alike: where they would not, the old function is no worse than it was, and stays.
      if (call === undefined || address === undefined || sameAddress(address.known)?.href !== address.known) continue;
      drop(use);
      const isPlain = address.known === address.spelled;
      const quote = isPlain ? quoteOf(root) : '`';
      edit(call, `new URL(${quote}${address.spelled}${quote}).toString()`);
    }
  },
);

/** A text, and how it is written in a template: a name stays a name. */
type Part = { readonly known: string; readonly spelled: string };
type Parts = Readonly<Record<string, Part>>;

const keys = new Set([
  'protocol',
  'slashes',
  'auth',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'query',
  'hash',
]);

/** The address as the old function puts it together; undefined where a part is not known. */
function addressOf(object: SgNode): Part | undefined {
  const parts = partsOf(object);
  if (parts === undefined) return undefined;
  const { protocol, auth, host, hostname, port, pathname, search, query, hash } = parts;
  if (protocol === undefined || pathname === undefined) return undefined;
  const name =
    host ?? (hostname === undefined ? undefined : joined([hostname, port === undefined ? none : led(port, ':')]));
  if (name === undefined) return undefined;
  const found = search ?? query ?? none;
  return joined([
    protocol.known.endsWith(':') ? protocol : joined([protocol, plain(':')]),
    plain('//'),
    auth === undefined ? none : joined([auth, plain('@')]),
    name,
    starting(pathname, '/'),
    starting(found, '?'),
    starting(hash ?? none, '#'),
  ]);
}

const none: Part = { known: '', spelled: '' };

function plain(text: string): Part {
  return { known: text, spelled: text };
}

function led({ known, spelled }: Part, by: string): Part {
  return { known: by + known, spelled: by + spelled };
}

function starting(part: Part, by: string): Part {
  return part.known === '' || part.known.startsWith(by) ? part : led(part, by);
}

function joined(parts: readonly Part[]): Part {
  return { known: parts.map(({ known }) => known).join(''), spelled: parts.map(({ spelled }) => spelled).join('') };
}

function partsOf(object: SgNode): Parts | undefined {
  const parts = new Map<string, Part>();
  for (const member of object.namedChildren().filter((one) => !one.is('comment'))) {
    const isShort = member.is('shorthand_property_identifier');
    const key = isShort ? member.text() : member.field('key')?.text();
    const value = isShort ? member : member.field('value');
    if (key === undefined || value === null || !keys.has(key)) return undefined;
    const part = key === 'query' ? queryOf(value) : partOf(value);
    if (part === undefined || (key === 'slashes' && value.text() !== 'true')) return undefined;
    parts.set(key, part);
  }
  return Object.fromEntries(parts);
}

function partOf(value: SgNode): Part | undefined {
  if (value.is('true')) return none;
  const known = knownText(value);
  if (known === undefined || known === '') return undefined;
  const isName = value.is('identifier') || value.is('shorthand_property_identifier');
  return { known, spelled: isName ? `\${${value.text()}}` : known };
}

/** Names and values that stand in an address as they are. */
function queryOf(value: SgNode): Part | undefined {
  if (!value.is('object')) return undefined;
  const pairs = value.namedChildren().map((pair) => {
    const key = pair.is('pair') ? pair.field('key') : null;
    const known = knownText(pair.field('value'));
    const isPlain = key?.is('property_identifier') === true && known !== undefined && /^[\w.~-]+$/.test(known);
    return isPlain ? `${key.text()}=${known}` : undefined;
  });
  return pairs.includes(undefined) || pairs.length === 0 ? undefined : plain(pairs.join('&'));
}
