import type { OperationExample } from '#db/operation';

/** The major of the server of the run; see global-setup.ts. */
export const testMajor = Number(process.env.GODWIT_TEST_MAJOR ?? 18);

/** True where the example says what the server of the run does not have yet. */
export function isNewer({ since = 0 }: OperationExample): boolean {
  return since > testMajor;
}

const older: readonly (readonly [newer: string, older: string])[] = [
  ['NULLS NOT DISTINCT ', ''],
  [' NULLS NOT DISTINCT', ''],
  [' VIRTUAL', ' STORED'],
  ['gen_random_uuid()', 'md5(random()::text)::uuid'],
];

/** The example as somebody would write it for an older server. */
export function inOlderWords(example: OperationExample): OperationExample {
  const written = (text: string) => older.reduce((said, [from, to]) => said.replaceAll(from, to), text);
  return { ...example, setup: written(example.setup), sql: written(example.sql) };
}
