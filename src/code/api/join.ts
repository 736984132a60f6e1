import type { Change } from './change.ts';
import type { Call, Use } from './use.ts';

/** A change and a use that it touches. */
export type Touched = { readonly change: Change; readonly use: Use };

/** Which uses the changes touch. A place is told once for each change. Pure. */
export function joinUses(changes: readonly Change[], uses: readonly Use[]): readonly Touched[] {
  const byKey = new Map<string, Change[]>();
  const byExport = new Map<string, Change[]>();
  for (const change of changes) {
    for (const key of change.keys) byKey.set(key, [...(byKey.get(key) ?? []), change]);
    for (const { specifier, name } of change.exported) {
      const id = `${specifier} ${name}`;
      byExport.set(id, [...(byExport.get(id) ?? []), change]);
    }
  }
  return uses.flatMap((use) => {
    const { exported, keys, role } = use;
    const signature = role.kind === 'call' || role.kind === 'new' ? role.call.signature : undefined;
    const found = new Set([
      ...keys.flatMap((key) => byKey.get(key) ?? []),
      ...(signature === undefined ? [] : (byKey.get(signature) ?? [])),
      ...(exported === undefined ? [] : (byExport.get(`${exported.specifier} ${exported.name}`) ?? [])),
    ]);
    return [...found].filter((change) => isTouched(change, use)).map((change) => ({ change, use }));
  });
}

function isTouched({ trigger, keys, exported }: Change, use: Use): boolean {
  const { role } = use;
  switch (trigger.kind) {
    case 'any':
      return !['import', 'literal', 'override', 'augment'].includes(role.kind);
    case 'import':
      return exported.some(
        ({ specifier, name }) => use.exported?.specifier === specifier && use.exported.name === name,
      );
    case 'fewer-arguments':
      return isCalled(use, keys, ({ hasSpread, arguments: count }) => !hasSpread && count < trigger.than);
    case 'more-arguments':
      return isCalled(use, keys, ({ arguments: count }) => count > trigger.than);
    case 'argument':
      return isCalled(use, keys, ({ arguments: count }) => count > trigger.index);
    case 'result':
      return isCalled(use, keys, ({ isResultUsed }) => isResultUsed);
    case 'call':
      return isCalled(use, keys, () => true);
    case 'read':
      return role.kind === 'read' || role.kind === 'value' || role.kind === 'call' || role.kind === 'new';
    case 'write':
      return role.kind === 'write' || role.kind === 'option' || role.kind === 'override';
    case 'literal-without':
      return role.kind === 'literal' && !role.isOpen && !role.present.includes(trigger.member);
    case 'fewer-type-arguments':
      return role.kind === 'type' && role.typeArguments < trigger.than;
    case 'more-type-arguments':
      return role.kind === 'type' && role.typeArguments > trigger.than;
    case 'value':
      return !['import', 'type', 'literal', 'override', 'augment'].includes(role.kind);
    case 'new':
      return role.kind === 'new';
    case 'type':
      return role.kind === 'type';
  }
}

/** A change of one overload touches the calls that take it. */
function isCalled({ role }: Use, keys: readonly string[], isSuch: (call: Call) => boolean): boolean {
  if (role.kind !== 'call' && role.kind !== 'new') return false;
  const { signature } = role.call;
  return (signature === undefined || keys.includes(signature)) && isSuch(role.call);
}
