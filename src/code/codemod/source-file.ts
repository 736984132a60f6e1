/** Paths of everything with a JavaScript or TypeScript grammar. */
export const sourceFile = /\.([cm]?[jt]s|[jt]sx)$/;
