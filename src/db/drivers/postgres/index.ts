import type { Driver } from '../../driver.ts';
import { connectTo } from './connect.ts';
import { ddlOf } from './ddl/ddl-of.ts';
import { doctorChecks } from './doctor.ts';
import { fingerprintOf } from './fingerprint.ts';
import { postgresGuards } from './guards.ts';
import { inspect } from './inspect/inspect.ts';
import { readLiveFacts } from './live-facts.ts';
import { rightsOf } from './rights.ts';
import { searchPathOf } from './search-path.ts';
import { postgresSpelling } from './spelling/index.ts';
import { refuseLongNames } from './sql/long-names.ts';
import { refuseNewer } from './sql/newer-syntax.ts';
import { namePlaces } from './sql/places/name-places.ts';
import { readIntent } from './sql/read-intent.ts';
import { statementUses } from './sql/uses.ts';

/** PostgreSQL 12 to 18. */
export const postgres: Driver = {
  name: 'postgres',
  schemes: ['postgres', 'postgresql'],
  can: (version) => ({
    transactionalDdl: true,
    concurrentIndex: true,
    notValidConstraint: true,
    virtualGeneratedColumn: version >= 180_000,
  }),
  connect: connectTo,
  inspect: (session) => inspect(session),
  rights: rightsOf,
  searchPath: searchPathOf,
  doctor: doctorChecks,
  fingerprint: fingerprintOf,
  readIntent: async (text, options) => {
    const stated = await readIntent(text, options);
    refuseLongNames(text);
    refuseNewer(text, stated, options);
    return stated;
  },
  spelling: postgresSpelling,
  recreate: (snapshot) => ddlOf(snapshot),
  liveFacts: readLiveFacts,
  guards: (connect) => postgresGuards(connect),
  usesOf: statementUses,
  namePlaces,
};
