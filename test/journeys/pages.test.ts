import { expect, it } from 'vitest';
import { blocksOf } from '../support/page-blocks.ts';
import { runPages } from '../support/page-surroundings.ts';
import { runPage } from '../support/run-page.ts';

it.each(runPages('slow'))('the commands of %s run as they stand, and print what it shows', async (page) => {
  expect(await runPage(blocksOf(page))).toEqual([]);
});
