import moment from "moment"

export const isDue = () => moment.utc("2024-03-01").isSameOrBefore(moment.utc())
