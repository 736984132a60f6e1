/** The minor of 3 that a value names: of `3.11.4`, `py311`, `311`, `3_11`, `>=3.11,<4`, `Programming Language :: Python :: 3.11` it is 11. */
export function minorOf(value: string): number | undefined {
  const found = /(?:^|[^\d.])3[._](\d{1,2})/.exec(` ${value}`) ?? /(?:^|py)3\{?(\d{1,2})/.exec(value);
  return found === null ? undefined : Number(found[1]);
}
