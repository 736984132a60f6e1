/**
 * Does a text fit a pattern of a configuration: `*` stands for letters without the separator, `**` for any? The whole
 * text has to fit.
 */
export function fitsPattern(text: string, pattern: string, separator: '.' | '/'): boolean {
  const none = separator === '.' ? '[^.]*' : '[^/]*';
  const parts = pattern
    .split(/(\*\*?)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? none : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 'su').test(text);
}
