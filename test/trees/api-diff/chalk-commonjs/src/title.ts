import chalk = require('chalk');
import * as all from 'chalk';

export const title = (text: string): string => chalk.bold(text);
export const other = (text: string): string => all.red(text);
