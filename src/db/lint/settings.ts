import type { Node } from 'libpg-query';
import { nodesIn, stringsOf } from '../drivers/postgres/sql/walk.ts';

/** Keeps the settings that SET and RESET of a file leave in force, as they are written. */
export function settingOf(node: Node, settings: Map<string, string>): void {
  if ('SelectStmt' in node) setByFunction(node, settings);
  if (!('VariableSetStmt' in node)) return;
  const { name = '', kind, args } = node.VariableSetStmt;
  if (kind === 'VAR_RESET_ALL') settings.clear();
  else if (kind !== 'VAR_SET_VALUE') settings.delete(name);
  else settings.set(name.toLowerCase(), (args ?? []).map(writtenValue).join(','));
}

function writtenValue(node: Node): string {
  if (!('A_Const' in node)) return '';
  const { sval, ival, fval } = node.A_Const;
  return sval?.sval ?? fval?.fval ?? (ival === undefined ? '' : String(ival.ival ?? 0));
}

/** SELECT set_config('lock_timeout', '1s', false). */
function setByFunction(node: Node, settings: Map<string, string>): void {
  for (const inner of nodesIn(node)) {
    if (!('FuncCall' in inner) || stringsOf(inner.FuncCall.funcname).at(-1) !== 'set_config') continue;
    const [name, value] = (inner.FuncCall.args ?? []).map(writtenValue);
    if (name !== undefined && name !== '') settings.set(name.toLowerCase(), value ?? '');
  }
}

/** Is a timeout set, to something else than none? */
export function isLimited(settings: ReadonlyMap<string, string>, name: string): boolean {
  const value = settings.get(name);
  return value !== undefined && !/^0+\s*(us|ms|s|min|h|d)?$/.test(value.trim());
}
