import * as z from 'zod';
import { firstRow } from '../rows.ts';
import type { Row } from '../session.ts';
import type { Segment } from './checkpoint.ts';

const samplesMax = 5;
const sampleLengthMax = 100;

/** One row: how many could not be done, and some of them in words. */
const exceptionsSchema = z.object({
  count: z.coerce.number(),
  samples: z
    .array(z.string().nullable())
    .nullable()
    .transform((samples) => samples ?? []),
});

/** What a batch's statement for exceptions said, added to what its segment knew. */
export function exceptionsIn(
  result: { readonly rows: readonly Row[] },
  segment: Segment,
): Pick<Segment, 'exceptions' | 'samples'> {
  const { count, samples } = firstRow(result, exceptionsSchema);
  const shown = samples.map((sample) => short(sample ?? 'NULL'));
  return {
    exceptions: segment.exceptions + count,
    samples: [...segment.samples, ...shown].slice(0, samplesMax),
  };
}

/** `3 rows …: 5, 7, 9`, or undefined where there is nothing to say. */
export function exceptionMessage(segments: readonly Segment[], message: string): string | undefined {
  const count = segments.reduce((sum, { exceptions }) => sum + exceptions, 0);
  if (count === 0) return undefined;
  const samples = segments.flatMap((segment) => segment.samples).slice(0, samplesMax);
  const more = count > samples.length ? ', …' : '';
  return `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'} ${message}: ${samples.join(', ')}${more}`;
}

function short(sample: string): string {
  return sample.length > sampleLengthMax ? `${sample.slice(0, sampleLengthMax)}…` : sample;
}
