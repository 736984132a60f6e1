import type { SgNode } from '@ast-grep/napi';
import { declarationOf } from '../../../engine/scope.ts';
import { type ModuleWork, moduleTransform } from '../editing/module-work.ts';
import { argumentsOf, callOf, newOf } from '../reading/call-of.ts';
import type { ModuleUse } from '../reading/module-uses.ts';

/** `new SlowBuffer(n)` is `Buffer.allocUnsafeSlow(n)`. */
export const slowBuffer = moduleTransform(
  {
    id: 'slow-buffer',
    why: 'Node 24 warns of `buffer.SlowBuffer`, and 25 removes it (DEP0030); `Buffer.allocUnsafeSlow()` gives the same memory.',
    module: 'buffer',
    mentions: ['SlowBuffer'],
  },
  (work) => {
    work.dropUnused(['SlowBuffer']);
    const uses = work.uses.filter(
      ({ member, node }) => member === 'SlowBuffer' && (callOf(node) ?? newOf(node)) !== undefined,
    );
    for (const use of uses) {
      const made = newOf(use.node);
      const whole = made ?? callOf(use.node);
      const args = whole?.field('arguments');
      if (whole === undefined) continue;
      const name = nameOf(use, work.nameFor);
      if (name === undefined) {
        work.leave(use.node, {
          message: '`SlowBuffer` is going, and `Buffer` names another thing here.',
          cure: 'Import `Buffer` of `node:buffer` under a free name, and call its `allocUnsafeSlow()`.',
          symbol: 'buffer.SlowBuffer',
          evidence: 'Deprecated APIs, DEP0030',
        });
        continue;
      }
      if (use.binding !== undefined && use.holder === undefined) work.drop(use);
      work.edit(whole, `${name}.allocUnsafeSlow${args?.text() ?? '()'}`);
    }
  },
);

/** The user's own name for the class stays. */
function nameOf(use: ModuleUse, nameFor: ModuleWork['nameFor']): string | undefined {
  const { binding, holder } = use;
  const isAlias = holder === undefined && binding !== undefined && binding.local !== binding.imported;
  return nameFor(use, 'Buffer', isAlias ? binding.local : undefined);
}

const numeric = /^(\d[\d_]*|0x[\da-f]+)$/i;

/** `new Buffer(x)` is `Buffer.from(x)` or `Buffer.alloc(n)`, where the argument shows which. */
export const bufferConstructor = moduleTransform(
  {
    id: 'buffer-constructor',
    why: 'The constructor `Buffer()` warns in code outside of node_modules since Node 10 (DEP0005), and what it makes depends on the type of its argument.',
    module: 'buffer',
    mentions: ['Buffer('],
    global: 'buffer',
  },
  ({ root, uses, edit, leave }) => {
    const free = root
      .findAll({ rule: { kind: 'identifier', regex: '^Buffer$' } })
      .filter((node) => declarationOf(node) === undefined);
    const own = uses.filter(({ member }) => member === 'Buffer').map(({ node }) => node);
    for (const node of [...free, ...own]) {
      const whole = newOf(node) ?? callOf(node);
      if (whole === undefined) continue;
      const args = argumentsOf(whole);
      const method = methodFor(args);
      if (method !== undefined) {
        edit(whole, `${node.text()}.${method}${whole.field('arguments')?.text() ?? '()'}`);
        continue;
      }
      leave(whole, {
        message: `\`${whole.text().slice(0, 60)}\` makes something else of a number than of a text, and which it gets cannot be seen.`,
        cure: 'Write `Buffer.from(…)` for a text, an array or a buffer, and `Buffer.alloc(…)` for a size.',
        symbol: 'Buffer',
        evidence: 'Deprecated APIs, DEP0005',
      });
    }
  },
);

function methodFor([first, second]: readonly SgNode[]): 'from' | 'alloc' | undefined {
  if (first === undefined || first.is('spread_element')) return undefined;
  if (first.is('number') && numeric.test(first.text())) return second === undefined ? 'alloc' : undefined;
  if (first.is('string') || first.is('template_string') || first.is('array')) return 'from';
  // An encoding as the second argument belongs to a text.
  return second?.is('string') === true ? 'from' : undefined;
}
