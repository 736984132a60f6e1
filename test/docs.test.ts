import { expect, it } from 'vitest';
import { staleFiles } from '../tools/docs.ts';

it('generated pages and plan.schema.json are up to date (npm run docs)', () => {
  expect(staleFiles()).toEqual([]);
});
