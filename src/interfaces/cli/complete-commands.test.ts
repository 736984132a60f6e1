import { expect, it } from 'vitest';
import { completeCommands, completeDocument, type Spelling } from './complete-commands.ts';

const id = '20260101-rename-name-1a2b3c4d';
const spelling: Spelling = {
  place: ['--target', 'live'],
  plan: undefined,
  names: new Map([[id, 'my plans/one']]),
  called: `godwit apply ${id} --target live`,
  withoutTarget: new Set(['explain']),
  takesPlan: new Set(['apply', 'rollback', 'status']),
};

it.each([
  [
    'a plan by its name here',
    `\`godwit apply migrations/${id} --confirm deploy\``,
    "`godwit apply 'my plans/one' --confirm deploy --target live`",
  ],
  [
    'a plan that is in no folder',
    '`godwit apply migrations/20260102-x-00000000`',
    '`godwit apply 20260102-x-00000000 --target live`',
  ],
  ['a target that is there already', '`godwit plan --target x`', '`godwit plan --target x`'],
  ['what takes no target', '`godwit explain drift`', '`godwit explain drift`'],
  [
    'the same command',
    'Mend it, then run the same command again.',
    `Mend it, then run the same command again (\`${spelling.called}\`).`,
  ],
])('%s', (_name, given, expected) => {
  expect(completeCommands(given, spelling)).toBe(expected);
});

it('names the plan that the user named, where a command names none', () => {
  const named = { ...spelling, plan: id };
  const text = 'Wait, or `godwit rollback`; `godwit rollback --to deploy`; `godwit plan "A"`.';
  expect(completeCommands(text, named)).toBe(
    `Wait, or \`godwit rollback ${id} --target live\`; \`godwit rollback ${id} --to deploy --target live\`; \`godwit plan "A" --target live\`.`,
  );
});

it('touches nothing in a document but what is to be done next', () => {
  const plan = { cure: '`godwit apply`' };
  const document = { plan, checks: [{ id: 'a', next: '`godwit apply`' }], findings: [{ cure: '`godwit apply`' }] };
  const next = '`godwit apply --target live`';
  expect(completeDocument(document, spelling)).toEqual({
    plan,
    checks: [{ id: 'a', next }],
    findings: [{ cure: next }],
  });
});
