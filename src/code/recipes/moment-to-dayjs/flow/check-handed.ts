import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { refuse, type State, shown } from './state.ts';

const comparing = /^(isBefore|isAfter|isSame|isSameOrBefore|isSameOrAfter|isBetween|diff|from|to)$/;

/** Arguments of methods: only a date that is followed itself may take another. Both are then converted together. */
export function checkHanded(state: State): void {
  for (const { node, call } of state.handed) {
    const value = state.dated.get(node);
    if (value === undefined) continue;
    const origin = state.origins.find((one) => one.call === call);
    const called = state.calls.find((one) => one.call === call);
    if (origin !== undefined) state.groups.join(origin.group, value.group);
    else if (called !== undefined && comparing.test(called.access.name.text))
      state.groups.join(called.value.group, value.group);
    else refuse(state, value.group, node, whyHanded(call));
  }
}

function whyHanded({ expression }: TypeScript.CallExpression): string {
  const isMethod = ts.isPropertyAccessExpression(expression) && comparing.test(expression.name.text);
  return isMethod
    ? `it is compared with \`${shown(expression.expression)}\`, which is not followed`
    : `it is handed to \`${shown(expression)}\``;
}
