describe('app', () => {
  it('is `there`', () => {
    expect({}).toMatchSnapshot();
    expect([]).toMatchSnapshot('with a hint');
  });
  for (const name of ['a', 'b']) it(`knows ${name}`, () => expect(name).toMatchSnapshot());
});
