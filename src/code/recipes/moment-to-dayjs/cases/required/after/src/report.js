'use strict';

const { dayjs } = require('./dayjs');
const { title } = require('./title');

exports.weekOf = (seconds) => {
  const day = dayjs.unix(seconds).utc();
  return `${title} ${day.format('GGGG-[W]WW')} from ${day.clone().startOf('isoWeek').format('LL')}`;
};

exports.isDue = (text, now) => {
  const due = dayjs.utc(text, 'DD.MM.YYYY', true);
  return due.isValid() && due.isSameOrBefore(dayjs.utc(now)) && !due.isBetween(dayjs.utc(0), dayjs.utc(1));
};

exports.hoursBetween = (from, to) => dayjs.duration(dayjs.utc(to).diff(dayjs.utc(from))).asHours();

exports.ago = (text) => dayjs(text).fromNow();

exports.parts = (text) => {
  const at = dayjs(text);
  return [at.year(), at.day(), at.week(), at.quarter(), at.dayOfYear()];
};
