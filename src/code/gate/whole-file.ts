/** The name of the one test that stands for a file: it defines none, or failed before any could be named. */
export const wholeFile = '(file)';
