import { setInterval as every } from 'node:timers'

export function watch(job) {
    job.watcher._idleTimeout = job.delay()
    job.watcher.timeout = setTimeout(() => {
        if (typeof job.watcher._onTimeout === 'function') {
            job.watcher._onTimeout()
        }
    }, job.watcher._idleTimeout)
    every(() => job.check(), 10)
}
