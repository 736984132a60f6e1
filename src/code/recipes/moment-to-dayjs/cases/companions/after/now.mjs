import { dayjs } from './dayjs.js'
export const now = () => dayjs().format()
