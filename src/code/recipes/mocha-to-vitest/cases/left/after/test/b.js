describe('b', () => {
  it('is', () => {});
});
