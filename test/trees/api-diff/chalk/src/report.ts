import chalk from 'chalk';

export type Line = { readonly level: 'info' | 'warn' | 'error'; readonly text: string };

const paints: Record<Line['level'], chalk.Chalk> = {
  info: chalk.blue,
  warn: chalk.keyword('orange'),
  error: chalk.bold.red,
};

export function render(lines: readonly Line[]): string {
  return lines.map(({ level, text }) => `${paints[level](level)} ${text}`).join('\n');
}

export function banner(title: string): string {
  return chalk.bgHex('#112233').hex('#ffffff')(title) + chalk.rgb(1, 2, 3).underline('!') + chalk.hsl(32, 100, 50)('hot');
}

export function plain(): chalk.Chalk {
  return new chalk.Instance({ level: 0 });
}
