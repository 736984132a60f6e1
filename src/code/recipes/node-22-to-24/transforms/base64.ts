import { bindingsOf } from '../../../engine/bindings.ts';
import { declarationIn } from '../../../engine/scope.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import { knownText } from '../reading/known-text.ts';
import { isBuiltin } from '../reading/module-uses.ts';

type Legacy = {
  readonly from: string;
  readonly to: string;
  /** True where both ways give the same: the old one throws for what it does not take, the new one does not. */
  readonly isSame: (text: string) => boolean;
};

const legacy: Readonly<Record<string, Legacy>> = {
  atob: { from: 'base64', to: 'binary', isSame: (text) => text.length % 4 === 0 && /^[\w+/]*={0,2}$/.test(text) },
  btoa: { from: 'binary', to: 'base64', isSame: (text) => [...text].every((one) => (one.codePointAt(0) ?? 0) < 256) },
};

/** `buffer.atob()` and `buffer.btoa()` are `Buffer.from()` and `toString()`. */
export const base64 = moduleTransform(
  {
    id: 'buffer-base64',
    why: '`atob()` and `btoa()` of `node:buffer` are legacy, there for browsers alone; the manual of `node:buffer` wants `Buffer.from()` and `toString()`.',
    module: 'buffer',
    mentions: Object.keys(legacy),
  },
  ({ root, uses, edit, drop, leave }) => {
    const declared = declarationIn(root, 'Buffer');
    const isOwn = bindingsOf(root, isBuiltin('buffer')).some(({ node }) => node.id() === declared?.id());
    const isFree = declared === undefined || isOwn;
    for (const use of uses) {
      const way = Object.hasOwn(legacy, use.member) ? legacy[use.member] : undefined;
      if (way === undefined) continue;
      const call = callOf(use.node);
      const [data, ...more] = argumentsOf(call);
      const text = knownText(data);
      if (call === undefined || data === undefined || more.length > 0 || !isFree || !way.isSame(text ?? '\u0100')) {
        leave(use.node, {
          message: `\`${use.node.text()}\` is legacy, and throws for text that \`Buffer.from()\` takes; what it is given here cannot be seen.`,
          cure: `Write \`Buffer.from(text, '${way.from}').toString('${way.to}')\` where the text is right, or the global \`${use.member}()\`.`,
          symbol: `buffer.${use.member}`,
          evidence: `Buffer, buffer.${use.member}()`,
        });
        continue;
      }
      drop(use);
      edit(call, `Buffer.from(${data.text()}, '${way.from}').toString('${way.to}')`);
    }
  },
);
