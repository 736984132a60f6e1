import { keyOf, literalOf, propertyOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';

type Left = { readonly node: ts.Node; readonly what: string; readonly cure: string };

/** What Vitest does not fake unless it is told to. */
const neverFaked = new Set(['nextTick', 'queueMicrotask']);

/** The argument of `vi.useFakeTimers` for one of `jest.useFakeTimers`, or what stands in the way. */
export function fakeTimerOptions(options: ts.Expression): string | Left {
  const value = literalOf(options);
  if (value === 'modern') return '';
  if (value === 'legacy' || !ts.isObjectLiteralExpression(options)) return legacy(options);
  const parts: string[] = [];
  for (const property of options.properties) {
    const key = keyOf(property) ?? '';
    const given = propertyOf(options, key);
    const known = given === undefined ? undefined : literalOf(given);
    if (given === undefined) return { node: property, what: 'What is faked is computed.', cure: 'Write it out.' };
    if (key === 'legacyFakeTimers' && known === false) continue;
    if (key === 'legacyFakeTimers') return legacy(property);
    if (key === 'now') parts.push(property.getText());
    else if (key === 'timerLimit') parts.push(`loopLimit: ${given.getText()}`);
    else if (key === 'advanceTimers' && typeof known === 'boolean') parts.push(`shouldAdvanceTime: ${known}`);
    else if (key === 'advanceTimers') parts.push('shouldAdvanceTime: true', `advanceTimeDelta: ${given.getText()}`);
    else if (key === 'shouldAdvanceTime' || key === 'advanceTimeDelta' || key === 'loopLimit' || key === 'toFake')
      parts.push(property.getText());
    else if (key === 'doNotFake' && Array.isArray(known) && known.every((one) => neverFaked.has(String(one)))) continue;
    else
      return {
        node: property,
        what: `\`${key}\` is no option of \`vi.useFakeTimers\`.`,
        cure: 'Name what is to be faked: `toFake: [...]`.',
      };
  }
  return parts.length === 0 ? '' : `{ ${parts.join(', ')} }`;
}

function legacy(node: ts.Node): Left {
  return {
    node,
    what: "Vitest has no fake timers of Jest's old kind.",
    cure: 'Use `vi.useFakeTimers()`, and see what the test says.',
  };
}
