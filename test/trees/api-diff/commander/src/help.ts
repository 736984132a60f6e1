import { Command, Help, type HelpConfiguration, type OptionValueSource } from 'commander';

const configuration: HelpConfiguration = { sortSubcommands: true, subcommandTerm: (command) => command.name() };

export class WideHelp extends Help {
  override formatHelp(command: Command, helper: Help): string {
    return `${helper.commandUsage(command)}\n${super.formatHelp(command, helper)}`;
  }
  override wrap(text: string, width: number, indent: number): string {
    return super.wrap(text, width + 10, indent);
  }
}

export function describe(command: Command): string {
  command.configureHelp(configuration);
  command.addHelpText('after', (context) => `\n${context.command.name()}`);
  command.addHelpCommand('assist [command]', 'shows help');
  command.addHelpCommand(false);
  return command.helpInformation() + command.createHelp().helpWidth;
}

export function sourceOf(command: Command, key: string): string {
  const source: OptionValueSource = command.getOptionValueSource(key);
  command.setOptionValueWithSource(key, 1, 'config');
  return source;
}

export function isSet(command: Command): boolean {
  return command.getOptionValueSource('port') === 'cli';
}

export function passThrough(command: Command): Command {
  return command.enablePositionalOptions().passThroughOptions().allowUnknownOption(true).showHelpAfterError();
}
