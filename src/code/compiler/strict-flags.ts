/** Flags of `strict`, and those beyond it, in the order in which they are tried. */
export const strictFlags = [
  'strictBindCallApply',
  'strictFunctionTypes',
  'strictBuiltinIteratorReturn',
  'noImplicitThis',
  'useUnknownInCatchVariables',
  'strictNullChecks',
  'strictPropertyInitialization',
  'noImplicitAny',
] as const;
export const furtherFlags = [
  'noFallthroughCasesInSwitch',
  'noImplicitOverride',
  'noImplicitReturns',
  'noUncheckedIndexedAccess',
  'exactOptionalPropertyTypes',
] as const;
export type Flag = (typeof strictFlags)[number] | (typeof furtherFlags)[number];
