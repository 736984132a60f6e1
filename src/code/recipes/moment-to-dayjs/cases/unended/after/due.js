import { dayjs } from "./dayjs.js"

export const isDue = () => dayjs.utc("2024-03-01").isSameOrBefore(dayjs.utc())
