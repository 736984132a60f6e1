describe('callbacks', () => {
  let value: () => number;
  beforeEach(() => (value = jest.fn(() => 1)));
  beforeEach((done) => {
    setTimeout(done, 1);
  });
  afterEach(() => undefined);

  it('plain', (done) => {
    setTimeout(() => {
      expect(value()).toBe(1);
      done();
    }, 1);
  });
  test('function', function (done) {
    setTimeout(() => done(), 1);
  });
  test('bare', done => {
    done();
  });
  it('fails', (done: jest.DoneCallback) => {
    if (value() === 2) done.fail('two');
    else done();
  });
  it('does not wait', (done) => {
    expect(value()).toBe(1);
  });
  it('concise', (done) => setTimeout(done, 1));
  it.each([1, 2])('table %i', (one, done) => {
    done();
  });
  it.failing('not yet', () => {
    throw new Error('no');
  });
  xit('later', () => {});
  fdescribe('only', () => {
    fit('this', () => {});
    xtest('that', () => {});
  });
});
