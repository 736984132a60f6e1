describe('callbacks', () => {
  let value: () => number;
  beforeEach(() => { value = vi.fn(() => 1); });
  beforeEach(() => new Promise<void>((resolve, reject) => {
    const done = (error?: unknown) => (error ? reject(error) : resolve());
    setTimeout(done, 1);
  }));
  afterEach(() => undefined);

  it('plain', () => new Promise<void>((done) => {
    setTimeout(() => {
      expect(value()).toBe(1);
      done();
    }, 1);
  }));
  test('function', () => new Promise<void>((done) => {
    setTimeout(() => done(), 1);
  }));
  test('bare', () => new Promise<void>((done) => {
    done();
  }));
  it('fails', () => new Promise<void>((resolve, reject) => {
    const done = (error?: unknown) => (error ? reject(error) : resolve());
    if (value() === 2) reject('two');
    else done();
  }));
  it('does not wait', () => {
    expect(value()).toBe(1);
  });
  it('concise', () => new Promise<void>((resolve, reject) => { const done = (error?: unknown) => (error ? reject(error) : resolve()); setTimeout(done, 1); }));
  it.each([1, 2])('table %i', (one) => new Promise<void>((done) => {
    done();
  }));
  it.fails('not yet', () => {
    throw new Error('no');
  });
  it.skip('later', () => {});
  describe.only('only', () => {
    it.only('this', () => {});
    test.skip('that', () => {});
  });
});
