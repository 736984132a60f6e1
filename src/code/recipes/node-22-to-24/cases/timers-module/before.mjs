import { enroll, setInterval as every } from 'node:timers'

export function watch(job) {
    enroll(job.watcher, job.delay())
    every(() => job.check(), 10)
}
