import type { Saying } from '../saying.ts';

const verbs: Readonly<Record<string, string>> = {
  'try out': 'rehearse',
  'carry out': 'apply',
  run: 'apply',
  execute: 'apply',
  undo: 'rollback',
  revert: 'rollback',
  'roll back': 'rollback',
  'take back': 'rollback',
  check: 'verify',
  stop: 'pause',
  continue: 'resume',
  'report on': 'report',
};

export const doDeed: Saying = {
  name: 'do-deed',
  summary: 'What is done with the plan that is there; what asks a person does so still',
  forms: [
    '{deed} [it|that|this|the plan|the run|the migration|the last plan|the last migration|the last change]',
    '(take|roll) (it|that|the plan|the migration) back',
    '{deed} [that it worked|whether it worked]',
  ],
  examples: [
    { says: 'rehearse it', command: 'godwit rehearse' },
    { says: 'apply the plan', command: 'godwit apply' },
    { says: 'roll back the last migration', command: 'godwit rollback' },
    { says: 'roll it back', command: 'godwit rollback' },
    { says: 'check that it worked', command: 'godwit verify' },
  ],
  means({ deed = 'take back' }) {
    const said = deed.toLowerCase().replaceAll(/\s+/g, ' ');
    return { args: [verbs[said] ?? said] };
  },
};
