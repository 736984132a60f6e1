import type { Operation } from '../../operation.ts';
import { withConstraint } from '../../planning/new-constraint.ts';
import { tableOf } from '../../planning/resolve.ts';
import { checkDraft } from './check.ts';
import { examples } from './examples.ts';
import { foreignKeyDraft } from './foreign-key.ts';
import { keyDraft } from './key.ts';

/**
 * Rows are looked at before anything is done; the constraint itself waits for the deploy gate, because the old version
 * may still write against it. It is added without a look at the rows, and proven under a lock that lets writers pass.
 */
export const addConstraint: Operation<'add-constraint'> = {
  id: 'add-constraint',
  summary: 'ALTER TABLE … ADD CHECK | FOREIGN KEY | UNIQUE | PRIMARY KEY',
  examples,

  simulate: (target, edit) => withConstraint(target, tableOf(target, edit.table), edit.constraint),

  plan(change, context) {
    if (change.constraint.kind === 'check') return checkDraft(change, context);
    return change.constraint.kind === 'foreign-key' ? foreignKeyDraft(change, context) : keyDraft(change, context);
  },
};
