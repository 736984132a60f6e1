import dayjs from "dayjs"
import isSameOrBefore from "dayjs/plugin/isSameOrBefore.js"
import utc from "dayjs/plugin/utc.js"

dayjs.extend(isSameOrBefore)
dayjs.extend(utc)

export { dayjs }
