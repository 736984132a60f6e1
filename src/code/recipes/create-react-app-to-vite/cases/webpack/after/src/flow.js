// @flow
export const a = 1;
