import assert from 'node:assert/strict';

describe('values', function () {
  beforeEach(function () {
    this.list = [1];
  });

  it('reads what a hook has set', function () {
    assert.deepEqual(this.list, [1]);
  });

  describe('further in', function () {
    beforeEach(async function () {
      this.list = [...this.list, 2];
      await Promise.resolve();
    });

    it('has more', function () {
      [0].forEach(() => {
        assert.equal(this.list.length, 2);
      });
    });
  });

  describe('only reading', () => {
    it('sees what is around', function () {
      assert.equal(this.list.length, 1);
    });
  });

  it('has a function of its own', () => {
    class Own {
      list = [];
      size() {
        return this.list.length;
      }
    }
    assert.equal(new Own().size(), 0);
  });
});
