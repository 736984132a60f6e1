import { describe, test } from 'vitest';
import { operations } from '#db/operations/index';
import { expectLife } from './support/example-life.ts';
import { testMajor } from './support/majors.ts';

/** Every example of every operation lives its whole life with the real runner, or is refused as it says. */
for (const operation of operations) {
  describe(operation.id, () => {
    for (const example of operation.examples) test(example.title, () => expectLife(example, { major: testMajor }));
  });
}
