const { Command, InvalidOptionArgumentError, createCommand } = require('commander');
const commander = require('commander');

/** @param {string} value */
function count(value) {
  if (value === '') throw new InvalidOptionArgumentError('empty');
  return value.length;
}

const cli = createCommand('x');
cli.option('-c, --count <text>', 'counts', count).storeOptionsAsProperties();
cli.command('old', 'an old one', { noHelp: true });
cli.arguments('<one> [two]').action((one, two) => console.log(one, two));
cli.on('option:count', () => console.log(cli.opts().count));
commander.program.addCommand(new Command('y')).parse();
