/** Majors of PostgreSQL that rules speak of: all that godwit supports. */
export const oldestMajor = 12;
export const newestMajor = 18;
