/* eslint-env node, mocha */
'use strict';
const { expect } = require('chai');
const till = require('../src/till');
const cases = require('./cases');

describe('till', function () {
  this.timeout(5000);
  this.slow(1000);

  before('opens', function (done) {
    till.open(done);
  });

  beforeEach(() => till.clear());
  beforeEach(() => (till.total = 0));
  after(async () => till.close());
  afterEach('checks', function () {
    this.timeout(100); // it is quick
    till.check();
  });

  context('with coins', () => {
    specify('adds', (done) => {
      till.add(1, (error, total) => {
        if (error) return done(error);
        expect(total).to.equal(1);
        done();
      });
    });

    it('waits', function (finished) {
      this.timeout(50).retries(3);
      setTimeout(finished, 10);
    });

    it('is only sometimes', function (done) {
      if (!till.isOpen) this.skip();
      setTimeout(() => done(), 10);
    });

    it('knows its name', function () {
      expect(this.test.title).to.equal('knows its name');
    });
  });

  for (const { name, sum } of cases) {
    it(`adds ${name}`, () => {
      expect(till.sum(name)).to.equal(sum);
    });
  }

  const onUnix = process.platform === 'win32' ? it.skip : it;
  onUnix('has a lock', function (done) {
    this.timeout('2s');
    till.lock(done);
  });
  (process.env.SLOW ? it : xit)('counts for long', async function () {
    this.timeout(0);
    await till.count();
  });

  it('is to be written');
  it.skip('is left out', function () {});
  xcontext('without coins', () => {
    xit('refuses', () => {});
  });
  it('keeps a function with its own this', function (done) {
    const emitter = { on() { return this; } };
    emitter.on();
    done();
  });
});
