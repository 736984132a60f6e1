import semver from 'semver';
import { nodeCodeNames } from '../../process/node-code-names.ts';
import { nodeRange } from '../../workspace/node-range.ts';

/** Where Node goes to. */
export type RuntimeGoal = {
  /** Every version that the wish allows, as a range. */
  readonly range: string;
  /** The lowest of them. */
  readonly floor: string;
  /** The newest release among them. */
  readonly version: string;
};

/** What becomes of a value that names a Node version. */
export type Raised =
  | { readonly kind: 'raised'; readonly value: string }
  /** It names the wished version or a newer one, or moves by itself. */
  | { readonly kind: 'stays' }
  /** It names an older version, and cannot be written anew with certainty. */
  | { readonly kind: 'left'; readonly why: string };

const stays = { kind: 'stays' } as const;
/** Names that move by themselves, those of images among them (`node:alpine`), and values that are computed elsewhere. */
const moving = /^(lts\/?\*?|latest|node|stable|current|\*|x|alpine|slim|trixie|bookworm|bullseye)(-[a-z][\w.-]*)?$/i;
const plainForm = /^(node[@-])?(v?)(\d+(?:\.(?:\d+|x|X|\*)){0,2})(-[A-Za-z][\w.-]*)?$/;
const namedForm = new RegExp(`^(node[@-])?(lts[/_-])?(${Object.keys(nodeCodeNames).join('|')})(-[\\w.-]*)?$`, 'i');
const partForm = /^(\^|~|>=|>)?\s*v?(\d[\w.*]*)(?:\s+(<=?)\s*v?(\d[\d.]*))?$/;

/**
 * A value of a version place raised to a goal in its own style: `v18` is `v24`, `20.11` has two parts afterwards too, `18-alpine`
 * keeps its variant, `^18 || ^20 || >=22` is what of it is still allowed or its last part, `lts/iron` is `lts/krypton`. Lower
 * bounds go to the lowest version that is wished for, what names one version to the newest. Pure.
 */
export function raisedValue(value: string, goal: RuntimeGoal): Raised {
  const text = value.trim();
  if (moving.test(text) || text.includes('${')) return stays;
  const range = nodeRange(text);
  if (range === undefined) return { kind: 'left', why: `\`${value}\` is not a version that can be read` };
  const lowest = semver.minVersion(range)?.version ?? '0.0.0';
  if (semver.gte(lowest, goal.floor)) return stays;
  const raised = namedRaised(text, goal) ?? plainRaised(text, goal) ?? rangeRaised(text, goal);
  if (raised === undefined) return { kind: 'left', why: `\`${value}\` is a range of a form that is not written anew` };
  return typeof raised === 'string' ? { kind: 'raised', value: raised } : raised;
}

function namedRaised(text: string, { version }: RuntimeGoal): string | Raised | undefined {
  const found = namedForm.exec(text);
  if (found === null) return undefined;
  const [, prefix = '', lts = '', , variant = ''] = found;
  const major = semver.major(version);
  const name = Object.entries(nodeCodeNames).find(([, at]) => at === major)?.[0];
  if (variant !== '' && isOldVariant(variant)) return oldVariant(text, variant);
  if (name === undefined) return `${prefix}${lts === '' ? major : `${major}`}${variant}`;
  return `${prefix}${lts}${name}${variant}`;
}

function plainRaised(text: string, { version }: RuntimeGoal): string | Raised | undefined {
  const found = plainForm.exec(text);
  if (found === null) return undefined;
  const [, prefix = '', v = '', number = '', variant = ''] = found;
  if (variant !== '' && isOldVariant(variant)) return oldVariant(text, variant);
  return `${prefix}${v}${likeParts(number, version)}${variant}`;
}

/** As many parts as were written, and `x` where it stood. */
function likeParts(written: string, version: string): string {
  const parts = version.split('.');
  return written
    .split('.')
    .map((part, index) => (/\d/.test(part) ? (parts[index] ?? '0') : part))
    .join('.');
}

/** Bases of images for which Node 22 and newer are not published. https://github.com/nodejs/docker-node */
function isOldVariant(variant: string): boolean {
  return /-(wheezy|jessie|stretch|buster|alpine3\.(\d|1\d|20))(?=-|$)/.test(variant);
}

function oldVariant(text: string, variant: string): Raised {
  return {
    kind: 'left',
    why: `\`${text}\` stands on ${variant.slice(1)}, for which no newer Node is published: choose another base too`,
  };
}

function rangeRaised(text: string, goal: RuntimeGoal): string | undefined {
  const parts = text.split('||').map((part) => part.trim());
  const allowed = parts.filter((part) => {
    const range = semver.validRange(part);
    const lowest = range === null ? null : semver.minVersion(range);
    return lowest !== null && semver.gte(lowest, goal.floor);
  });
  if (allowed.length > 0) return allowed.join(' || ');
  return partRaised(parts.at(-1) ?? text, goal);
}

function partRaised(part: string, { floor, version }: RuntimeGoal): string | undefined {
  const found = partForm.exec(part);
  if (found === null) return undefined;
  const [, operator = '', number = '', below, bound = ''] = found;
  if (below === undefined) {
    if (operator === '') return likeParts(number, version);
    if (operator === '~') return `~${likeParts(number, version)}`;
    return `${operator === '>' ? '>=' : operator}${likeParts(number, floor)}`;
  }
  if (operator !== '>=' && operator !== '>') return undefined;
  const next = likeParts(bound, `${semver.major(floor) + 1}.0.0`);
  return below === '<' ? `>=${likeParts(number, floor)} <${next}` : undefined;
}
