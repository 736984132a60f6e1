'use strict';

const moment = require('moment');
const { title } = require('./title');

exports.weekOf = (seconds) => {
  const day = moment.unix(seconds).utc();
  return `${title} ${day.format('GGGG-[W]WW')} from ${day.clone().startOf('isoWeek').format('LL')}`;
};

exports.isDue = (text, now) => {
  const due = moment.utc(text, 'DD.MM.YYYY', true);
  return due.isValid() && due.isSameOrBefore(moment.utc(now)) && !due.isBetween(moment.utc(0), moment.utc(1));
};

exports.hoursBetween = (from, to) => moment.duration(moment.utc(to).diff(moment.utc(from))).asHours();

exports.ago = (text) => moment(text).fromNow();

exports.parts = (text) => {
  const at = moment(text);
  return [at.years(), at.days(), at.weeks(), at.quarter(), at.dayOfYear()];
};
