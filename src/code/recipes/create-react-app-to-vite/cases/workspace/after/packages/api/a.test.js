const a = process.env.REACT_APP_A;
test('a', () => {
  jest.fn(a);
});
