import { lookingAsReader } from '../as-reader.ts';
import type { Verb } from '../verb.ts';
import { apply } from './apply.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { inspect } from './inspect.ts';
import { lint } from './lint.ts';
import { pause } from './pause.ts';
import { plan } from './plan.ts';
import { purge } from './purge.ts';
import { rehearse } from './rehearse.ts';
import { report } from './report.ts';
import { resume } from './resume.ts';
import { rollback } from './rollback.ts';
import { status } from './status.ts';
import { verify } from './verify.ts';

const verbsToExplain: readonly Verb[] = [
  doctor,
  inspect,
  plan,
  lint,
  rehearse,
  apply,
  status,
  pause,
  resume,
  verify,
  rollback,
  report,
  purge,
];

/** The shelf of verbs, in the order in which they are used. */
export const verbs: readonly Verb[] = [...verbsToExplain, explain(verbsToExplain)].map(lookingAsReader);
