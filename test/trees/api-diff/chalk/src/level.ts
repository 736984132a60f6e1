import chalk, { type Level, type Options } from 'chalk';

export function setLevel(level: Level): void {
  chalk.level = level;
}

export const options: Options = { level: 2 };

export function colors(): string[] {
  if (chalk.supportsColor && chalk.supportsColor.has256) return [chalk.ansi256(194)('many')];
  return chalk.stderr.supportsColor ? [chalk.gray('few'), chalk.grey('few'), chalk.ansi(31)('few')] : [];
}

export function link(text: string): string {
  return chalk.visible.cyan(chalk.inverse(text), chalk.reset(text), chalk.dim.italic(text));
}
