/** Why an application cannot go to Vite as a whole, in a sentence, with what to do first. */
export class UnfitApplication extends Error {}
