/** What an interface hears of a run while it goes on; the type is the runner's. */
export type { RunProgress } from '#run/surroundings';
