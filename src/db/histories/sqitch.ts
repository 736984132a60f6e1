import type { Finding } from '#core/finding';
import {
  type History,
  type HistoryReading,
  historyFinding,
  type Listing,
  type MigrationFile,
  otherDatabase,
} from '../history.ts';
import { wholeFile } from '../lint/folder/migration-parts.ts';
import { basename, below, dirname, distinct, isInside } from '../lint/folder/paths.ts';

const planName = 'sqitch.plan';

export const sqitch: History = {
  id: 'sqitch',
  summary: 'Sqitch: deploy/ and revert/ in the order of sqitch.plan',
  why:
    'Sqitch runs every script with psql --set ON_ERROR_STOP=1 and no transaction of its own (App::Sqitch::Engine::pg); ' +
    'scripts write BEGIN and COMMIT themselves. A change that was reworked keeps its older script as <change>@<tag>.sql (sqitch-rework).',
  transactionSpans: 'file',
  find({ paths }) {
    return distinct(paths.filter((path) => basename(path) === planName).map(dirname));
  },
  read(listing, folder): HistoryReading {
    const plan = below(folder, planName);
    const settings = below(folder, 'sqitch.conf');
    const conf = listing.read(settings) ?? '';
    const place = (kind: string): string =>
      below(folder, settingOf(conf, `${kind}_dir`) ?? below(settingOf(conf, 'top_dir') ?? '.', kind));
    const [deploys, reverts, verifies] = [place('deploy'), place('revert'), place('verify')];
    const others = [plan, settings, ...listing.paths.filter((path) => isInside(path, verifies))];
    const engine = settingOf(conf, 'engine');
    if (engine !== undefined && engine !== 'pg') {
      const own = listing.paths.filter((path) => isInside(path, deploys) || isInside(path, reverts));
      return { files: [], others: [...others, ...own], findings: [otherDatabase(settings, engine)] };
    }
    const extension = settingOf(conf, 'extension') ?? 'sql';
    const scripts = changesOf(listing.read(plan) ?? '').map(({ names, line }) => {
      const there = (top: string) => names.map((name) => below(top, `${name}.${extension}`)).find(listing.has);
      return { name: names[0], line, deploy: there(deploys), revert: there(reverts) };
    });
    return {
      files: scripts.flatMap(({ deploy, revert }) => [
        ...fileOf(listing, deploy, 'up'),
        ...fileOf(listing, revert, 'down'),
      ]),
      others,
      findings: [
        ...scripts.filter(({ deploy }) => deploy === undefined).map((change) => missing(plan, change)),
        ...unplanned(listing, scripts, { folder: deploys, extension }),
      ],
    };
  },
};

function missing(plan: string, { name, line }: { readonly name: string | undefined; readonly line: number }): Finding {
  return historyFinding(plan, {
    message: `The plan names the change ${name}, whose deploy script is not there.`,
    cure: 'Bring the script back, or take the change out of the plan.',
    line,
  });
}

function unplanned(
  { paths }: Listing,
  scripts: readonly { readonly deploy: string | undefined }[],
  { folder, extension }: { readonly folder: string; readonly extension: string },
): readonly Finding[] {
  const planned = new Set(scripts.map(({ deploy }) => deploy));
  const left = paths.filter((path) => isInside(path, folder) && path.endsWith(`.${extension}`) && !planned.has(path));
  return left.map((path) =>
    historyFinding(path, {
      message: 'It is not in sqitch.plan: Sqitch never runs it, and it was not read.',
      cure: 'Add it with `sqitch add`, or remove it.',
    }),
  );
}

type Change = {
  /** Names of its script without ending, the likeliest first: `users@v1.0` where it was reworked after that tag. */
  readonly names: readonly string[];
  readonly line: number;
};

type PlanLine = { readonly name: string; readonly isTag: boolean; readonly line: number };

/** Changes of a plan in order. What is no change or tag is passed over. */
function changesOf(plan: string): readonly Change[] {
  const lines = plan.split(/\r?\n/).flatMap((text, index): readonly PlanLine[] => {
    const found = /^\s*(?:[+]\s*)?(@?)([^\s%#@+[\]-][^\s[\]@#:]*)/.exec(text);
    const [, tag, name] = found ?? [];
    return name === undefined ? [] : [{ name, isTag: tag === '@', line: index + 1 }];
  });
  return lines.flatMap(({ name, isTag, line }, index) => {
    if (isTag) return [];
    const after = lines.slice(index + 1);
    const reworked = after.findIndex((other) => !other.isTag && other.name === name);
    const tags = reworked === -1 ? [] : after.slice(0, reworked).filter((other) => other.isTag);
    const names = tags.map((tag) => `${name}@${tag.name}`);
    return [{ names: names.length === 0 ? [name] : names, line }];
  });
}

function settingOf(conf: string, key: string): string | undefined {
  return new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*"?([^"\\r\\n#;]*?)"?[ \\t]*(?:[#;].*)?$`, 'm').exec(conf)?.[1];
}

function fileOf(listing: Listing, path: string | undefined, direction: 'up' | 'down'): readonly MigrationFile[] {
  const text = path === undefined ? undefined : listing.read(path);
  if (path === undefined || text === undefined) return [];
  return [wholeFile(path, text, { direction, transaction: 'each-statement' })];
}
