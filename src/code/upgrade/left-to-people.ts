import type { Finding } from '#core/finding';

/** How the cure of a finding begins that a recipe takes care of. */
export const recipeCure = 'The recipe ';

/** True for what neither an edit nor a recipe takes care of. Pure. */
export function isLeft({ severity, edit, cure }: Finding): boolean {
  return severity === 'error' && edit === undefined && cure?.startsWith(recipeCure) !== true;
}
