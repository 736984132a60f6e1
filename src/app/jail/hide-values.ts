import { redact, secretsIn } from '#code/install/redact';

/** What stands for a value that is hidden. */
export const hidden = '[hidden]';

/** What looks like a credential by its form, wherever it stands. */
export const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)[-_][\w-]{16,}/g,
  /\bsk-[A-Za-z0-9]{20,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\bAIza[\w-]{35}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
  /\b(?:ghu|ghr|dop_v1|shpat|shpss|hf|pypi|AGE-SECRET-KEY)[_-][\w-]{16,}/g,
];

/** A literal that stands for a name which says that it is a credential: `password: '…'`, `"apiKey": "…"`, `API_KEY=…`. */
export const named =
  /((?:passw(?:or)?d|passphrase|secret|token|credentials?|api[-_]?key|access[-_]?key|private[-_]?key|signing[-_]?key|client[-_]?secret)["']?\s*(?::|=>?|:=)\s*)("(?:[^"\\\n]|\\.){6,}"|'(?:[^'\\\n]|\\.){6,}'|`[^`\n$]{6,}`)/gi;
/** The same in files of settings, where values stand without quotes: the name is the last word before `=` or `:`. */
export const setting =
  /^([ \t+-]*(?:export[ \t]+)?[\w.-]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)[ \t]*=[ \t]*)([^\s"'`(){};$<>[\],]{8,})$/gm;

/** What stands for a value that somebody else fills in. */
export const placeholder =
  /^["'`]?(?:\$\{|\{\{|<|%|\[hidden\]|process\.env|your[-_ ]|x{3,}|\*{3,}|change[-_]?me|example)/i;

/**
 * A text without values that look like credentials: those of the environment, wherever they stand, and what their form or the name
 * beside them says. What is hidden reads `[hidden]`.
 */
export function hideValues(text: string, env: Readonly<Record<string, string | undefined>>): string {
  const plain = redact(text, secretsIn(env));
  const quiet = shapes.reduce((rest, shape) => rest.replaceAll(shape, hidden), plain);
  return quiet.replaceAll(named, hideNamed).replaceAll(setting, hideNamed);
}

function hideNamed(whole: string, before: string, value: string): string {
  if (placeholder.test(value)) return whole;
  const quote = /^["'`]/.exec(value)?.[0] ?? '';
  return `${before}${quote}${hidden}${quote}`;
}
