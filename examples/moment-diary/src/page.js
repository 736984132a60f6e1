import moment from 'moment';

/** The head of a page, in the words of the calendar: "Today at 2:30 PM". */
export const head = (text, now) => moment.utc(text).calendar(moment.utc(now));
