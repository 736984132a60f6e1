import chalk from 'chalk';

type Paint = (text: string) => string;
type Color = typeof chalk.ForegroundColor | typeof chalk.Modifiers;

export const theme = {
  title: chalk.bold,
  muted: chalk.gray,
  accent: chalk.hex('#ff8800'),
  strong: chalk.bold.underline,
} satisfies Record<string, Paint>;

export function paint(color: Color, text: string): string {
  return chalk[color](text);
}

export function emphasize(text: string): string {
  const { red, bgYellow, hwb } = chalk;
  return red(text) + bgYellow(text) + hwb(1, 2, 3)(text);
}
