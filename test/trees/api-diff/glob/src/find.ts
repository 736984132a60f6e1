import glob from 'glob';
import { Glob, hasMagic, sync } from 'glob';

export function find(pattern: string, done: (files: string[]) => void): void {
  glob(pattern, { cwd: '.', ignore: ['node_modules/**'] }, (error, matches) => {
    if (error !== null) throw error;
    done(matches);
  });
}

export const now = (pattern: string): string[] => sync(pattern, { nodir: true, absolute: true });
export const also = (pattern: string): string[] => glob.sync(pattern, { dot: true, nosort: true });
export const isPattern = (text: string): boolean => hasMagic(text);

export function watch(pattern: string): void {
  const search = new Glob(pattern, { mark: true });
  search.on('match', (file) => console.log(file));
  search.on('end', (files) => console.log(files.length));
  search.abort();
}
