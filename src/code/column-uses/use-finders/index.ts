import type { UseFinder } from '../use-finder.ts';
import { drizzle } from './drizzle.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { prisma } from './prisma.ts';
import { sqlFiles } from './sql-files.ts';
import { sqlStrings } from './sql-strings.ts';
import { typeorm } from './typeorm.ts';

/** Every way in which code is known to name columns. */
export const useFinders: readonly UseFinder[] = [sqlStrings, sqlFiles, prisma, drizzle, kysely, knex, typeorm];
