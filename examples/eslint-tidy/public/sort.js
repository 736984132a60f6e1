/* eslint-env jquery */
(function () {
  'use strict';
  tidy = window.tidy || {};
  tidy.sort = function (rows) {
    const sorted = Array.from(rows).sort(function (one, other) {
      return one.textContent.localeCompare(other.textContent);
    });
    $('#rows').append(sorted);
    return sorted;
  };
})();
