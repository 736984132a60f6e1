import type { SgNode } from '@ast-grep/napi';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { quoteOf } from '../editing/new-import.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import type { ModuleUse } from '../reading/module-uses.ts';

const codes: Readonly<Record<string, string>> = {
  enroll: 'DEP0095',
  unenroll: 'DEP0096',
  active: 'DEP0126',
  _unrefActive: 'DEP0127',
};

/** `timers.active(item)` is `item.timeout = setTimeout(…)`, and so on. */
export const timers = moduleTransform(
  {
    id: 'timers',
    why: 'Node 24 removed `timers.enroll()`, `unenroll()`, `active()` and `_unrefActive()` (DEP0095, DEP0096, DEP0126, DEP0127); `setTimeout()` and `clearTimeout()` are what one may use.',
    module: 'timers',
    mentions: Object.keys(codes),
    keepsIdle: { except: Object.keys(codes) },
  },
  (work) => {
    const gone = work.uses.filter(({ member }) => Object.hasOwn(codes, member));
    const isTaken = hasOtherTimeout(work.root);
    const starts = gone.some(({ member }) => member === 'active' || member === '_unrefActive');
    for (const use of gone) {
      const place = isTaken || /\.[cm]?tsx?$/.test(work.path) ? undefined : placeOf(use);
      const text = place === undefined ? undefined : textOf(use.member, place, { root: work.root, starts });
      if (place === undefined || text === undefined) work.leave(use.node, left(use));
      else {
        work.drop(use);
        work.edit(place.statement, text);
        work.leave(place.statement, moved(use, place.item));
      }
    }
    work.dropUnused(Object.keys(codes));
  },
);

/** A call that is a statement by itself, of an object that can be named twice. */
type Place = {
  readonly statement: SgNode;
  readonly item: string;
  readonly delay: SgNode | undefined;
};

function placeOf({ node }: ModuleUse): Place | undefined {
  const call = callOf(node);
  const statement = call?.parent();
  const [item, delay] = argumentsOf(call);
  const isWhole = statement?.is('expression_statement') === true;
  const holder = String(statement?.parent()?.kind());
  if (!isWhole || item === undefined || !/^(program|statement_block|switch_case)$/.test(holder)) return undefined;
  return isSteady(item) ? { statement, item: item.text(), delay } : undefined;
}

/** `a.b.c` or `this.x`, of a name that never means another thing. */
function isSteady(item: SgNode): boolean {
  if (!/^[\w$]+(\.[\w$]+)*$/.test(item.text())) return false;
  let first = item;
  for (let inner = first.field('object'); inner !== null; inner = first.field('object')) first = inner;
  if (first.is('this')) return true;
  const declared = first.is('identifier') ? declarationOf(first) : undefined;
  return declared !== undefined && usesOf(declared).every((use) => !isWritten(use));
}

function isWritten(use: SgNode): boolean {
  const parent = use.parent();
  return String(parent?.kind()).endsWith('assignment_expression') && parent?.field('left')?.id() === use.id();
}

type Around = { readonly root: SgNode; readonly starts: boolean };

function textOf(member: string, { statement, item, delay }: Place, { root, starts }: Around): string | undefined {
  const indent = /[ \t]*$/.exec(root.text().slice(0, statement.range().start.index))?.[0] ?? '';
  const unit = /^(\t| {2,})\S/m.exec(root.text())?.[1] ?? '  ';
  const end = statement.text().endsWith(';') ? ';' : '';
  const quote = quoteOf(root);
  const start = (ms: string) => [
    `${item}.timeout = setTimeout(() => {`,
    `${unit}if (typeof ${item}._onTimeout === ${quote}function${quote}) {`,
    `${unit}${unit}${item}._onTimeout()${end}`,
    `${unit}}`,
    `}, ${ms})${end}`,
  ];
  const again = [`if (${item}.timeout != null) {`, `${unit}clearTimeout(${item}.timeout)${end}`, '}', ''];
  const lines = {
    enroll: () => {
      if (delay === undefined) return undefined;
      const set = `${item}._idleTimeout = ${delay.text()}${end}`;
      // Nothing runs before the object is made active; where nothing here does that, the timer is what is meant.
      return starts ? [set] : [set, ...start(isPlain(delay) ? delay.text() : `${item}._idleTimeout`)];
    },
    unenroll: () => [`clearTimeout(${item}.timeout)${end}`, `delete ${item}.timeout${end}`],
    active: () => [...again, ...start(`${item}._idleTimeout`)],
    _unrefActive: () => [...again, ...start(`${item}._idleTimeout`), `${item}.timeout.unref?.()${end}`],
  };
  const made = Object.entries(lines).find(([name]) => name === member)?.[1]();
  return made?.map((line, at) => (at === 0 || line === '' ? line : indent + line)).join('\n');
}

function isPlain(delay: SgNode): boolean {
  return delay.is('number') || /^[\w$]+(\.[\w$]+)*$/.test(delay.text());
}

/** True where a property `timeout` is anything but a timer: there, a timer has no room. */
function hasOtherTimeout(root: SgNode): boolean {
  return root
    .findAll({
      rule: { any: [{ kind: 'property_identifier' }, { kind: 'shorthand_property_identifier' }], regex: '^timeout$' },
    })
    .some((name) => !isTimer(name));
}

function isTimer(name: SgNode): boolean {
  const parent = name.parent();
  if (parent?.is('pair') === true) return makesTimer(parent.field('value'));
  const above = parent?.is('member_expression') === true ? parent.parent() : null;
  if (above == null) return false;
  if (above.is('assignment_expression')) return makesTimer(above.field('right'));
  if (above.is('arguments')) return /^clear(Timeout|Interval)$/.test(above.parent()?.field('function')?.text() ?? '');
  if (above.is('member_expression')) return /\.(un)?ref$|\.refresh$/.test(above.text());
  return above.is('binary_expression') || (above.is('unary_expression') && above.text().startsWith('delete'));
}

function makesTimer(value: SgNode | null): boolean {
  return value?.is('call_expression') === true && value.field('function')?.text() === 'setTimeout';
}

function left({ node, member }: ModuleUse) {
  return {
    message: `\`${node.text()}\` is gone in Node 24; it started or ended a timer that stands on an object of yours.`,
    cure: 'Keep the timer that `setTimeout()` gives, and call its `refresh()` or `clearTimeout()`.',
    symbol: `timers.${member}`,
    evidence: `Deprecated APIs, ${codes[member] ?? ''}`,
  };
}

function moved({ member }: ModuleUse, item: string) {
  return {
    message: `\`timers.${member}()\` is gone in Node 24; the timer of \`${item}\` stands in \`${item}.timeout\` now.`,
    cure:
      member === 'enroll'
        ? 'See that all that starts or ends a timer of this object, in other files too, uses `timeout`, and that nothing waits for a later start.'
        : 'See that all that starts or ends a timer of this object, in other files too, uses `timeout`.',
    symbol: `timers.${member}`,
    evidence: `Deprecated APIs, ${codes[member] ?? ''}`,
  };
}
