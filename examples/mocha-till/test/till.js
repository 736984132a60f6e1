'use strict';

const sinon = require('sinon');
const { Till } = require('../lib/till');
const cases = require('./support/cases');

describe('till', function () {
  this.timeout(2000);
  this.slow(500);

  beforeEach('a till of its own', function () {
    this.till = new Till();
  });

  context('with coins', function () {
    beforeEach(function (done) {
      this.till.add(1, done);
    });

    specify('has a total', function () {
      expect(this.till.total()).to.equal(1);
    });

    it('adds to it', function (done) {
      this.till.add(2, (error, total) => {
        if (error) return done(error);
        expect(total).to.equal(3);
        return done();
      });
    });
  });

  context('without coins', () => {
    it('has nothing', function () {
      expect(this.till.total()).to.equal(0);
    });

    it('refuses what is no amount', function (done) {
      this.timeout(100);
      this.till.add(-1, (error) => {
        expect(error).to.be.instanceOf(RangeError);
        done();
      });
    });
  });

  for (const { name, coins, total } of cases) {
    it(`counts ${name}`, async function () {
      for (const coin of coins) await new Promise((resolve) => this.till.add(coin, resolve));
      expect(this.till.total()).to.equal(total);
    });
  }

  it('knows the currency', () => {
    expect(process.env.CURRENCY).to.equal('EUR');
  });

  it('is only closed on Windows', function () {
    if (process.platform !== 'win32') this.skip();
  });

  it('opens by itself');
});

describe('time', () => {
  let clock;
  before(() => (clock = sinon.useFakeTimers()));
  after(() => clock.restore());

  it('closes after a while', () => {
    const closed = sinon.spy();
    new Till().closeIn(1000, closed);
    clock.tick(1000);
    sinon.assert.calledOnce(closed);
  });
});
