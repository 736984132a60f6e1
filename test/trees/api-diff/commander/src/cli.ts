import { Argument, Command, CommanderError, type CommandOptions, InvalidArgumentError, Option, program } from 'commander';

const hidden: CommandOptions = { hidden: true };
const quiet: CommandOptions = { noHelp: true, isDefault: true };

function port(text: string): number {
  const value = Number(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('not a number');
  return value;
}

export const cli = new Command('tool')
  .version('1.0.0', '-v, --version')
  .description('does it')
  .option('-p, --port <number>', 'where', port, 80)
  .addOption(new Option('-l, --level <level>').choices(['low', 'high']).default('low').env('LEVEL'))
  .addArgument(new Argument('<file>', 'what').argOptional())
  .exitOverride((error: CommanderError) => {
    throw error;
  });

cli.command('serve <folder>', 'serves a folder', hidden);
cli.command('quiet', 'says nothing', quiet);
cli
  .command('build')
  .alias('b')
  .option('--watch')
  .action(async (options: { watch?: boolean }) => {
    if (options.watch === true) await Promise.resolve();
  });
cli.hook('preAction', (self, action) => {
  console.log(self.name(), action.args, action.opts());
});
program.parse(process.argv);
