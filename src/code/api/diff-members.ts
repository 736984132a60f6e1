import type { Change, Trigger } from './change.ts';
import { diffSignatures } from './diff-signatures.ts';
import { fits, type Meanings } from './fits.ts';
import type { Member, Shape } from './shape.ts';
import { showMember, spellShape } from './spell-shape.ts';

export type MemberSides = {
  /** Whose members they are, as users write it. */
  readonly owner: string;
  readonly keys: readonly string[];
  readonly old: readonly Member[];
  readonly now: readonly Member[];
  /** True for what users write as literals or implement: an interface, or an alias of an object. */
  readonly isWritten: boolean;
};

/** What became of the members of one type, or of one value. Pure. */
export function diffMembers({ owner, keys, old, now, isWritten }: MemberSides, meanings: Meanings): readonly Change[] {
  const after = new Map(now.map((member) => [member.name, member]));
  const before = new Set(old.map(({ name }) => name));
  const changes = old.flatMap((member): readonly Change[] => {
    const symbol = `${owner}.${member.name}`;
    const next = after.get(member.name);
    if (next !== undefined) return diffMember({ symbol, old: member, now: next, ownerKeys: keys }, meanings);
    if (member.isProtected) return [];
    const gone = {
      rule: 'api/member-removed',
      symbol,
      keys: member.keys,
      exported: [],
      before: showMember(member),
      after: '',
    } as const;
    return [{ ...gone, trigger: { kind: 'any' } }];
  });
  const required = isWritten ? now.filter(({ name, isOptional }) => !isOptional && !before.has(name)) : [];
  return [
    ...changes,
    ...required.map(
      (member): Change => ({
        rule: 'api/option-required',
        symbol: `${owner}.${member.name}`,
        keys,
        exported: [],
        trigger: { kind: 'literal-without', member: member.name },
        before: '',
        after: showMember(member),
      }),
    ),
  ];
}

type MemberPair = {
  readonly symbol: string;
  readonly old: Member;
  readonly now: Member;
  readonly ownerKeys: readonly string[];
};

function diffMember({ symbol, old, now, ownerKeys }: MemberPair, meanings: Meanings): readonly Change[] {
  const changes: Change[] = [];
  const told = { symbol, keys: old.keys, exported: [], before: showMember(old), after: showMember(now) } as const;
  const add = (rule: Change['rule'], trigger: Trigger): void => {
    changes.push({ ...told, rule, trigger });
  };
  if (old.isOptional && !now.isOptional)
    changes.push({
      ...told,
      keys: ownerKeys,
      rule: 'api/option-required',
      trigger: { kind: 'literal-without', member: old.name },
    });
  if (!old.isOptional && now.isOptional) add('api/member-widened', { kind: 'read' });
  if (!old.isReadonly && now.isReadonly) add('api/became-readonly', { kind: 'write' });
  const [from, to] = [callableOf(old.shape), callableOf(now.shape)];
  if (from !== undefined && to !== undefined) {
    for (const change of diffSignatures(from.calls, to.calls, meanings)) {
      const isDeclared = change.keys.length > 0;
      changes.push({ ...told, ...change, keys: isDeclared ? change.keys : old.keys });
    }
    return changes;
  }
  if (spellShape(old.shape) === spellShape(now.shape)) return changes;
  const [isReadable, isWritable] = [fits(now.shape, old.shape, meanings), fits(old.shape, now.shape, meanings)];
  if (!isReadable && !isWritable) add('api/member-type-changed', { kind: 'any' });
  else if (!isReadable) add('api/member-widened', { kind: 'read' });
  else if (!isWritable) add('api/member-type-changed', { kind: 'write' });
  return changes;
}

function callableOf(shape: Shape) {
  return shape.kind === 'object' && shape.calls.length > 0 && shape.members.length === 0 ? shape : undefined;
}
