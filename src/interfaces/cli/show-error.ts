import type { ShownError } from '#app/explain-error';
import { exitCodes } from '#core/error';
import type { Colors } from './terminal.ts';

/** The lines for a person. */
export function errorText(
  error: ShownError,
  options: { readonly colors: Colors; readonly isVerbose: boolean },
): string {
  const { colors, isVerbose } = options;
  const isStop =
    error.exit === exitCodes.interrupted || error.exit === exitCodes.paused || error.exit === exitCodes.approval;
  const head = isStop ? colors.yellow(`■ ${error.what}`) : colors.red(`✗ ${error.what}`);
  const lines = [
    head,
    `  ${colors.dim('why: ')} ${indented(error.why)}`,
    `  ${colors.dim('next:')} ${indented(error.next)}`,
    ...(error.code === 'bug' || isVerbose ? [`  ${colors.dim('code:')} ${error.code}`] : []),
    ...(isVerbose && error.trace !== undefined ? [colors.dim(indented(error.trace))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll('\n', '\n        ');
}
