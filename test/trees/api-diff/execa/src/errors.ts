import execa, { type ExecaChildProcess, type ExecaError, type ExecaReturnValue, type Options } from 'execa';

const options: Options = { stripFinalNewline: false, all: true, cleanup: true, encoding: 'utf8', maxBuffer: 10 };

export async function attempt(file: string, args: readonly string[]): Promise<ExecaReturnValue> {
  const running: ExecaChildProcess = execa(file, args, options);
  return running;
}

export function explain(error: ExecaError): string {
  if (error.timedOut) return 'too slow';
  if (error.killed) return 'killed';
  return `${error.shortMessage} ${error.originalMessage ?? ''} ${error.exitCode} ${error.command}`;
}

export async function lines(file: string): Promise<string[]> {
  const { all = '', failed } = await execa(file, options);
  return failed ? [] : all.split('\n');
}
