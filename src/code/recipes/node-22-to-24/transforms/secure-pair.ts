import type { SgNode } from '@ast-grep/napi';
import { declarationIn, usesOf } from '../../../engine/scope.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';

const options = ['secureContext', 'isServer', 'requestCert', 'rejectUnauthorized'];
const socket = 'underlyingSocket';

/** `tls.createSecurePair()` is `new tls.TLSSocket()`, over a socket that a person has to name. */
export const securePair = moduleTransform(
  {
    id: 'secure-pair',
    why: 'Node 24 removed `tls.createSecurePair()` and `SecurePair` (DEP0043, DEP0064); a `TLSSocket` stands over the socket that is to be secured.',
    module: 'tls',
    mentions: ['createSecurePair', 'SecurePair', 'parseCertString'],
  },
  ({ root, uses, edit, drop, nameFor, leave }) => {
    for (const use of uses) {
      const call = callOf(use.node);
      if (use.member === 'parseCertString' || use.member === 'SecurePair') leave(use.node, gone(use.member));
      if (use.member !== 'createSecurePair') continue;
      const name = call === undefined ? undefined : nameFor(use, 'TLSSocket');
      if (call === undefined || name === undefined) {
        leave(use.node, gone(use.member));
        continue;
      }
      if (use.holder === undefined) drop(use);
      const given = argumentsOf(call).map((value, at) => `${options[at] ?? 'secureContext'}: ${value.text()}`);
      edit(
        call,
        `new ${name}(${socket}, {${given.length === 0 ? '' : ` ${given.slice(0, options.length).join(', ')} `}})`,
      );
      const declared = pairNameOf(call);
      if (declared !== undefined && declarationIn(root, 'socket') === undefined) {
        for (const one of [declared, ...usesOf(declared)]) {
          edit(one, one.is('shorthand_property_identifier') ? 'pair: socket' : 'socket');
        }
      }
      leave(call, {
        message: `\`${socket}\` is to be the socket that \`createSecurePair()\` was piped to; the two streams of a pair are gone.`,
        cure: `Put the raw socket in the place of \`${socket}\`, and read and write the TLSSocket itself instead of \`cleartext\` and \`encrypted\`.`,
        symbol: 'tls.createSecurePair',
        evidence: 'Deprecated APIs, DEP0064',
      });
    }
  },
);

/** What is called a pair is none any more. */
function pairNameOf(call: SgNode): SgNode | undefined {
  const declarator = call.parent();
  const name = declarator?.is('variable_declarator') === true ? declarator.field('name') : null;
  return name?.text() === 'pair' ? name : undefined;
}

function gone(member: string) {
  return {
    message: `\`tls.${member}\` is gone in Node 24.`,
    cure:
      member === 'parseCertString'
        ? 'Take the fields of `X509Certificate` of `node:crypto`; `querystring.parse()` reads text of the same form.'
        : 'Use `tls.TLSSocket` over the raw socket.',
    symbol: `tls.${member}`,
    evidence: member === 'parseCertString' ? 'Deprecated APIs, DEP0076' : 'Deprecated APIs, DEP0043 and DEP0064',
  };
}
