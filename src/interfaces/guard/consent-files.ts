import type { Danger } from './danger.ts';
import type { GuardWorld } from './guard-world.ts';

const consent =
  /(^|\/)(godwit\.config\.[cm]?(?:[jt]s|json)|allowed_signers|\.claude\/settings(\.[\w-]+)?\.json|hooks\/(guard\.cjs|hooks\.json))$/;

/** True for files by which a person says what may happen without one: the configuration, who may sign, what guards an assistant. */
export function isConsent(path: string, world: Pick<GuardWorld, 'read'>): boolean {
  const own = path.replace(/^\.\//, '');
  return consent.test(own) || signersNamed(world).some((file) => own === file || own.endsWith(`/${file}`));
}

export function consentBecause(path: string): Danger {
  return {
    why: `${path} says what may be done without a person, or guards that nothing else is.`,
    instead: 'Say what is to be changed in it, and why.',
    asks: true,
  };
}

/** The file of signers that the configuration names, whatever language that is written in. */
function signersNamed(world: Pick<GuardWorld, 'read'>): readonly string[] {
  return ['json', 'ts', 'mts', 'js', 'mjs'].flatMap((ext) => {
    const text = world.read(`godwit.config.${ext}`) ?? '';
    const file = /\ballowedSigners["']?\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1];
    return file === undefined ? [] : [file.replace(/^\.\//, '')];
  });
}
