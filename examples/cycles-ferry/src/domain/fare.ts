import { isPeak } from './calendar.js';

export type Crossing = { readonly from: string; readonly to: string; readonly leaves: Date };

const basePence = 1_850;
const peakFactor = 1.4;

/** What one traveller pays for a crossing, in pence. */
export function fareOf(crossing: Crossing): number {
  return roundedUp(basePence * (isPeak(crossing.leaves) ? peakFactor : 1), 50);
}

/** The next multiple of a step, or the amount itself where it is one. */
export function roundedUp(amount: number, step: number): number {
  return Math.ceil(amount / step) * step;
}
