const dayjs = require('dayjs');
const advancedFormat = require('dayjs/plugin/advancedFormat.js');
const localizedFormat = require('dayjs/plugin/localizedFormat.js');
const customParseFormat = require('dayjs/plugin/customParseFormat.js');
const dayOfYear = require('dayjs/plugin/dayOfYear.js');
const isBetween = require('dayjs/plugin/isBetween.js');
const isSameOrBefore = require('dayjs/plugin/isSameOrBefore.js');
const isoWeek = require('dayjs/plugin/isoWeek.js');
const quarterOfYear = require('dayjs/plugin/quarterOfYear.js');
const relativeTime = require('dayjs/plugin/relativeTime.js');
const weekOfYear = require('dayjs/plugin/weekOfYear.js');
const duration = require('dayjs/plugin/duration.js');
const utc = require('dayjs/plugin/utc.js');

dayjs.extend(advancedFormat);
dayjs.extend(localizedFormat);
dayjs.extend(customParseFormat);
dayjs.extend(dayOfYear);
dayjs.extend(isBetween);
dayjs.extend(isSameOrBefore);
dayjs.extend(isoWeek);
dayjs.extend(quarterOfYear);
dayjs.extend(relativeTime);
dayjs.extend(weekOfYear);
dayjs.extend(duration);
dayjs.extend(utc);

exports.dayjs = dayjs;
