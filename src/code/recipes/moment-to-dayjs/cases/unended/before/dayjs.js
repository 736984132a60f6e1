import dayjs from "dayjs"

export { dayjs }
