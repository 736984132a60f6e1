import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'vitest';

describe('values', function () {
  const context: Record<string, any> = {};
  beforeEach(function () {
    context.list = [1];
  });

  it('reads what a hook has set', function () {
    assert.deepEqual(context.list, [1]);
  });

  describe('further in', function () {
    const context2: Record<string, any> = Object.create(context);
    beforeEach(async function () {
      context2.list = [...context2.list, 2];
      await Promise.resolve();
    });

    it('has more', function () {
      [0].forEach(() => {
        assert.equal(context2.list.length, 2);
      });
    });
  });

  describe('only reading', () => {
    it('sees what is around', function () {
      assert.equal(context.list.length, 1);
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
