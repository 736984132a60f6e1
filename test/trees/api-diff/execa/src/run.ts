import execa from 'execa';

export async function version(command: string): Promise<string> {
  const { stdout, exitCode } = await execa(command, ['--version'], { timeout: 1000, reject: false });
  return exitCode === 0 ? stdout : '';
}

export function now(command: string): string {
  return execa.sync(command, ['-a'], { env: { A: '1' }, extendEnv: true }).stdout;
}

export const shell = (line: string) => execa.command(line, { shell: true, stdio: 'inherit' });
export const shellNow = (line: string) => execa.commandSync(line, { cwd: '/' });
export const script = (file: string) => execa.node(file, ['x'], { nodeOptions: ['--no-warnings'], execPath: process.execPath });

export async function piped(file: string): Promise<void> {
  const child = execa('cat', [file], { buffer: false, preferLocal: true, localDir: '.' });
  child.stdout?.pipe(process.stdout);
  setTimeout(() => child.kill('SIGTERM', { forceKillAfterTimeout: 500 }), 1000);
  child.cancel();
  await child;
}
