import { describe, test } from 'vitest';
import { operations } from '#db/operations/index';
import { expectLife } from './support/example-life.ts';
import { testMajor } from './support/majors.ts';
import { sampled } from './support/sampled.ts';

/** Examples of every operation live their whole life with the real runner, or are refused as they say; all of them in journeys/majors. */
for (const operation of operations) {
  describe(operation.id, () => {
    for (const example of sampled(operation.examples, 7))
      test(example.title, () => expectLife(example, { major: testMajor }));
  });
}
