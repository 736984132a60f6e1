const { it, describe: group } = globalThis;

group('classic', () => {
  it('one', () => {});
});
