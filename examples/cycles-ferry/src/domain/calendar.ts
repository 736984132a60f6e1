import { roundedUp } from './fare.js';

const peakMonths = [5, 6, 7];

/** True for the months in which everybody wants to cross. */
export function isPeak(day: Date): boolean {
  return peakMonths.includes(day.getUTCMonth());
}

/** The quarter of an hour at which boarding ends before a departure, in minutes after midnight. */
export function boardingEnds(leaves: Date): number {
  return roundedUp(leaves.getUTCHours() * 60 + leaves.getUTCMinutes() - 40, 15);
}
