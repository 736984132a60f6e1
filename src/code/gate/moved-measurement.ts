import type { GateMeasurement } from './measurement.ts';

/** A measurement as it would be had files stood where they stand now: what is measured of them is found again. Pure. */
export function movedMeasurement(
  measurement: GateMeasurement,
  moves: readonly { readonly from: string; readonly to: string }[],
): GateMeasurement {
  if (moves.length === 0) return measurement;
  const places = new Map(moves.map(({ from, to }) => [from, to]));
  const named = <Placed extends { readonly file?: string | undefined }>(one: Placed): Placed => {
    const file = one.file === undefined ? undefined : places.get(one.file);
    return file === undefined ? one : { ...one, file };
  };
  const placed = (path: string): string => places.get(path) ?? path;
  return {
    ...measurement,
    sources: measurement.sources.map(placed).toSorted(),
    escapes: measurement.escapes.map(named),
    ...(measurement.imports === undefined
      ? {}
      : { imports: measurement.imports.map((one) => ({ ...named(one), to: placed(one.to) })) }),
    checks: measurement.checks.map((check) => ({
      ...check,
      ...(check.types === undefined ? {} : { types: check.types.map(named) }),
      ...(check.lint === undefined ? {} : { lint: check.lint.map(named) }),
      ...(check.tests === undefined ? {} : { tests: check.tests.map(named) }),
    })),
  };
}
