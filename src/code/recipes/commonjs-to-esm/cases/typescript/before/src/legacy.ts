function legacy(): number {
  return 1;
}
export = legacy;
