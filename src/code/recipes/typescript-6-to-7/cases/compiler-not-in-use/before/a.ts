export const name = 'typescript';
