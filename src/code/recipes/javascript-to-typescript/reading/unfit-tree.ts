/** Thrown where a package cannot be turned into TypeScript at all; its message says why, and what to do first. */
export class UnfitTree extends Error {}
