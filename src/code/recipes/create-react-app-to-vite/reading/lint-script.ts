const call = /(?<=^|[\s;&|(])((?:npx\s+|yarn\s+)?(eslint|prettier))((?:[ \t]+(?:"[^"]*"|'[^']*'|[^\s;&|()"']+))*)/g;

/** A script whose ESLint and Prettier see files named `.jsx` as they saw them named `.js`. Pure. */
export function lintScript(script: string): string {
  return script.replaceAll(call, (whole, start: string, tool: string, rest: string) => {
    const widened = rest.replace(/\*\.js(?=["'\s]|$)/g, '*.{js,jsx}');
    if (widened !== rest) return start + widened;
    // ESLint 8 looks for .js alone in folders, where nothing else is said.
    const isFolder = tool === 'eslint' && !/\s--ext\b|\*|\.[jt]sx?\b/.test(rest) && /\s[^-\s]/.test(rest);
    return isFolder ? `${start} --ext .js,.jsx${rest}` : whole;
  });
}
